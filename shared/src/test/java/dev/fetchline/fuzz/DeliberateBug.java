package dev.fetchline.fuzz;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A mistake put into the product's own code when it is loaded: the class file is what a programmer's
/// slip would have
/// compiled to.
///
/// @param sentence what is wrong then
/// @param className the class it is in
/// @param method the method it is in, by name
record DeliberateBug(Subject subject, String sentence, String className, String method, Slip slip) {
    /// One change in a method's instructions.
    interface Slip {
        /// Writes the instruction as it is or as the slip has it.
        ///
        /// @return whether it was changed
        boolean write(CodeBuilder code, CodeElement instruction);
    }

    private static final Map<Opcode, Opcode> OPPOSITES = opposites();

    static DeliberateBug of(Subject subject, String sentence, String className, String method, Slip slip) {
        return new DeliberateBug(subject, sentence, "dev.fetchline." + className, method, slip);
    }

    /// A wrong constant.
    static Slip constant(ConstantDesc right, ConstantDesc wrong) {
        return (code, instruction) -> {
            if (instruction instanceof ConstantInstruction constant
                    && constant.constantValue().equals(right)) {
                code.loadConstant(wrong);
                return true;
            }
            code.with(instruction);
            return false;
        };
    }

    /// The opposite of the condition right after a call of `name`, wherever that is.
    static Slip oppositeAfter(String name) {
        boolean[] called = new boolean[1];
        return (code, instruction) -> {
            boolean flip = called[0] && instruction instanceof BranchInstruction;
            if (instruction instanceof java.lang.classfile.Instruction) {
                called[0] = instruction instanceof InvokeInstruction call
                        && call.name().equalsString(name);
            }
            if (flip && instruction instanceof BranchInstruction branch && OPPOSITES.containsKey(branch.opcode())) {
                code.with(BranchInstruction.of(OPPOSITES.get(branch.opcode()), branch.target()));
                return true;
            }
            code.with(instruction);
            return false;
        };
    }

    /// A comparison that is off by one at its border: `>` for `>=`, `<=` for `<`, and so on, in place
    /// `nth` of those
    /// of this kind.
    static Slip border(Opcode right, Opcode wrong, int nth) {
        int[] seen = new int[1];
        return (code, instruction) -> {
            if (instruction instanceof BranchInstruction branch && branch.opcode() == right && ++seen[0] == nth) {
                code.with(BranchInstruction.of(wrong, branch.target()));
                return true;
            }
            code.with(instruction);
            return false;
        };
    }

    /// A call that was forgotten: its object, or its first argument, stands for its result where that
    /// is of the same
    /// type; false, 0 or null does elsewhere.
    static Slip forgotten(String name) {
        return (code, instruction) -> {
            if (instruction instanceof InvokeInstruction call && call.name().equalsString(name)) {
                forget(code, call);
                return true;
            }
            code.with(instruction);
            return false;
        };
    }

    private static void forget(CodeBuilder code, InvokeInstruction call) {
        MethodTypeDesc type = call.typeSymbol();
        List<ClassDesc> operands = new ArrayList<>(type.parameterList());
        if (call.opcode() != Opcode.INVOKESTATIC) {
            operands.addFirst(call.owner().asSymbol());
        }
        boolean first = !operands.isEmpty() && operands.getFirst().equals(type.returnType());
        for (int i = operands.size() - 1; i >= (first ? 1 : 0); i--) {
            if (TypeKind.from(operands.get(i)).slotSize() == 2) {
                code.pop2();
            } else {
                code.pop();
            }
        }
        if (!first) {
            switch (TypeKind.from(type.returnType()).asLoadable()) {
                case VOID -> {}
                case LONG -> code.lconst_0();
                case DOUBLE -> code.dconst_0();
                case FLOAT -> code.fconst_0();
                case REFERENCE -> code.aconst_null();
                default -> code.iconst_0();
            }
        }
    }

    /// The class file with the mistake in it.
    ///
    /// @throws IllegalStateException where the code has no such place any more: then the bug must be
    /// described anew
    byte[] putInto(byte[] classFile) {
        ClassFile format = ClassFile.of();
        int[] changes = new int[1];
        ClassTransform transform = ClassTransform.transformingMethods(
                candidate -> candidate.methodName().equalsString(method),
                MethodTransform.transformingCode((code, instruction) -> {
                    if (slip.write(code, instruction)) {
                        changes[0]++;
                    }
                }));
        byte[] changed = format.transformClass(format.parse(classFile), transform);
        if (changes[0] == 0) {
            throw new IllegalStateException("The bug \"%s\" finds no place in %s.%s: the code has changed."
                    .formatted(sentence, className, method));
        }
        return changed;
    }

    private static Map<Opcode, Opcode> opposites() {
        return Map.ofEntries(
                Map.entry(Opcode.IFEQ, Opcode.IFNE),
                Map.entry(Opcode.IFNE, Opcode.IFEQ),
                Map.entry(Opcode.IFLT, Opcode.IFGE),
                Map.entry(Opcode.IFGE, Opcode.IFLT),
                Map.entry(Opcode.IFGT, Opcode.IFLE),
                Map.entry(Opcode.IFLE, Opcode.IFGT),
                Map.entry(Opcode.IF_ICMPEQ, Opcode.IF_ICMPNE),
                Map.entry(Opcode.IF_ICMPNE, Opcode.IF_ICMPEQ),
                Map.entry(Opcode.IF_ICMPLT, Opcode.IF_ICMPGE),
                Map.entry(Opcode.IF_ICMPGE, Opcode.IF_ICMPLT),
                Map.entry(Opcode.IF_ICMPGT, Opcode.IF_ICMPLE),
                Map.entry(Opcode.IF_ICMPLE, Opcode.IF_ICMPGT),
                Map.entry(Opcode.IFNULL, Opcode.IFNONNULL),
                Map.entry(Opcode.IFNONNULL, Opcode.IFNULL));
    }
}
