package dev.fetchline.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import org.jacoco.core.instr.Instrumenter;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/// Loads the product's classes and the target anew for one run: those that are measured with probes in
/// them, and one
/// of them with a deliberate bug where that is asked for. The harness itself and everything else come
/// from outside.
final class FuzzLoader extends ClassLoader {
    private static final String OURS = "dev.fetchline.";
    private static final String HARNESS = FuzzLoader.class.getPackageName() + ".";

    static {
        registerAsParallelCapable();
    }

    private final Set<String> measured;
    private final @Nullable DeliberateBug bug;
    private final Instrumenter instrumenter;

    /// @param measured top-level classes; the classes inside of them are measured too
    FuzzLoader(Set<String> measured, @Nullable DeliberateBug bug, Probes probes) {
        super(FuzzLoader.class.getClassLoader());
        this.measured = measured;
        this.bug = bug;
        this.instrumenter =
                new Instrumenter((classId, name, count, code) -> pushProbes(probes.run(), classId, name, count, code));
    }

    FuzzTarget newTarget(String className) {
        try {
            return (FuzzTarget) loadClass(className).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no fuzz target: " + className, e);
        }
    }

    /// `Probes.of(run, classId, name, count)`.
    private static int pushProbes(int run, long classId, String name, int count, MethodVisitor code) {
        code.visitLdcInsn(run);
        code.visitLdcInsn(classId);
        code.visitLdcInsn(name);
        code.visitLdcInsn(count);
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                Probes.class.getName().replace('.', '/'),
                "of",
                "(IJLjava/lang/String;I)[Z",
                false);
        return 5;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS) || name.startsWith(HARNESS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] bytes = bytesOf(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        if (bug != null && bug.className().equals(name)) {
            bytes = bug.putInto(bytes);
        }
        try {
            byte[] ready = isMeasured(measured, name) ? instrumenter.instrument(bytes, name) : bytes;
            return defineClass(name, ready, 0, ready.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isMeasured(Set<String> measured, String name) {
        int inner = name.indexOf('$');
        return measured.contains(inner < 0 ? name : name.substring(0, inner));
    }

    /// The class file as it was compiled; null where there is none.
    static byte @Nullable [] bytesOf(String name) {
        try (InputStream in =
                FuzzLoader.class.getClassLoader().getResourceAsStream(name.replace('.', '/') + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
