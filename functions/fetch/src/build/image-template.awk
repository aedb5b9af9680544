# template.yaml in, the same stack with the function as a container image out:
#   awk -v architecture=arm64 -f image-template.awk template.yaml >template-image.yaml
# An image has no runtime, no handler and no SnapStart, and its JVM options are in it (java.args); the architecture is
# the one that it was built for. ImageTemplateTest holds that nothing else differs.

BEGIN { dropped = -1; print "# Made from template.yaml by make image. Do not edit." }

{ indent = match($0, /[^ ]/) - 1 }

# What belongs to a dropped key is deeper than it; an empty line goes with it.
dropped >= 0 && (indent > dropped || indent < 0) { next }
{ dropped = -1 }

function drop() { dropped = indent; edits++ }

indent == 0 && /^[A-Za-z]/ { section = $1 }
indent == 2 && /^  [A-Za-z]/ { item = $1 }

section == "Metadata:" { gsub(/, SnapStart|SnapStart, /, "") }
section == "Parameters:" && item == "SnapStart:" && indent == 2 { drop(); next }
section == "Parameters:" && item == "Architecture:" && $1 == "Default:" { edits++; print "    Default: " architecture; next }
section == "Parameters:" && item == "Architecture:" && $1 == "AllowedValues:" { edits++; print "    AllowedValues: [" architecture "]"; next }

section == "Resources:" && item == "FetchFunction:" {
    if (indent == 4 && $1 == "Metadata:") {
        print "    Metadata:"
        print "      Dockerfile: Dockerfile"
        print "      DockerContext: functions/fetch/target/image/" architecture
        print "      DockerTag: " architecture
        drop(); next
    }
    if (indent == 6 && $1 == "CodeUri:") { edits++; print "      PackageType: Image"; next }
    if (indent == 6 && ($1 == "Runtime:" || $1 == "Handler:" || $1 == "SnapStart:")) { drop(); next }
    if (sub(/!Ref SnapStart, /, "")) edits++
    if (indent == 10 && $1 == "JAVA_TOOL_OPTIONS:") { drop(); next }
}

{ print }

END {
    if (edits != 10) {
        print "image-template.awk: found " edits " of 10 places in template.yaml; it has changed, and this file must follow." >"/dev/stderr"
        exit 1
    }
}
