package dev.fetchline.fuzz;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.InnerClassInfo;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/// The class files of some classes and of all that are nested in them.
final class ClassFiles {
    private final Set<String> names = new TreeSet<>();

    ClassFiles(Set<String> topLevelClasses) {
        topLevelClasses.forEach(this::add);
    }

    private void add(String name) {
        if (!names.add(name)) {
            return;
        }
        ClassFile.of()
                .parse(bytesOf(name))
                .findAttribute(Attributes.innerClasses())
                .ifPresent(inner -> inner.classes().stream()
                        .map(ClassFiles::nameOf)
                        .filter(nested -> nested.startsWith(name + "$"))
                        .forEach(this::add));
    }

    private static String nameOf(InnerClassInfo inner) {
        return inner.innerClass().asInternalName().replace('/', '.');
    }

    private static byte[] bytesOf(String name) {
        byte[] bytes = FuzzLoader.bytesOf(name);
        if (bytes == null) {
            throw new IllegalStateException("no class " + name + ", which a fuzz target names");
        }
        return bytes;
    }

    void forEach(BiConsumer<String, byte[]> each) {
        names.forEach(name -> each.accept(name, bytesOf(name)));
    }
}
