# sam build calls build-<logical id> with ARTIFACTS_DIR set, in this directory. It passes the processor nowhere
# (aws-lambda-builders, custom_make: the environment and ARTIFACTS_DIR, no more), so for anything but the default:
#   ARCH=x86_64 sam build --parameter-overrides Architecture=x86_64
ARCH ?= arm64

.PHONY: help build-FetchFunction image

help:
	@echo 'make build-FetchFunction ARTIFACTS_DIR=dir [ARCH=arm64|x86_64]   the packaged function, into dir'
	@echo 'sam build                                                        the same, for sam deploy, arm64'
	@echo 'ARCH=x86_64 sam build --parameter-overrides Architecture=x86_64  the same for x86_64'
	@echo 'make image [ARCH=arm64|x86_64]            the context of a container image, and template-image.yaml for sam build'
	@echo 'mvn verify                                                       everything built and tested'

build-FetchFunction:
	@case '$(ARCH)' in arm64|x86_64) ;; *) \
	  echo "ARCH is '$(ARCH)'; it must be arm64 or x86_64." >&2; exit 1;; esac
	@test -n '$(ARTIFACTS_DIR)' || { echo 'ARTIFACTS_DIR is not set; sam build sets it.' >&2; exit 1; }
	@# The caller's command line is the one place where a mismatch shows before the function fails in the cloud.
	@caller=$$(ps -o args= -p "$$(ps -o ppid= -p $$PPID | tr -d ' ')" 2>/dev/null || true); \
	case "$$caller" in \
	  *Architecture*x86_64*) asked=x86_64;; *Architecture*arm64*) asked=arm64;; *) asked='$(ARCH)';; esac; \
	test "$$asked" = '$(ARCH)' || { \
	  echo "Architecture is $$asked and ARCH is $(ARCH); run: ARCH=$$asked sam build --parameter-overrides Architecture=$$asked" >&2; exit 1; }
	mvn -q -B -pl functions/fetch -am -DskipTests package
	mkdir -p '$(ARTIFACTS_DIR)'
	cp -R 'functions/fetch/target/lambda/$(ARCH)/.' '$(ARTIFACTS_DIR)/'

# The same function as a container image (docs/operations.md): sam build -t template-image.yaml on a machine of ARCH.
image:
	@case '$(ARCH)' in arm64|x86_64) ;; *) \
	  echo "ARCH is '$(ARCH)'; it must be arm64 or x86_64." >&2; exit 1;; esac
	mvn -q -B -pl functions/fetch -am -DskipTests package
	awk -v architecture='$(ARCH)' -f functions/fetch/src/build/image-template.awk template.yaml >template-image.yaml.new
	mv template-image.yaml.new template-image.yaml
