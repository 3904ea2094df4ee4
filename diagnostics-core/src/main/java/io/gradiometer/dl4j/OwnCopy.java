package io.gradiometer.dl4j;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;

/** Copies of the user's own parts of a configuration: what they remember of being asked, their training must not notice. */
final class OwnCopy {

    private OwnCopy() {}

    /**
     * Returns a part that may be asked: itself where it is one of Deeplearning4j's, which remember nothing, else a copy.
     *
     * @throws IllegalStateException if it cannot be copied
     */
    static <T extends Serializable> T of(T part) {
        String name = part.getClass().getName();
        return name.startsWith("org.nd4j.") || name.startsWith("org.deeplearning4j.") ? part : copy(part);
    }

    @SuppressWarnings("unchecked") // a copy is of the class of what was copied
    private static <T extends Serializable> T copy(T part) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(part);
        } catch (IOException e) {
            throw new IllegalStateException(part.getClass().getName() + " cannot be copied", e);
        }
        ClassLoader loader = part.getClass().getClassLoader();
        try (ObjectInputStream in = new InLoader(bytes.toByteArray(), loader)) {
            return (T) in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(part.getClass().getName() + " cannot be copied", e);
        }
    }

    /** Finds classes where the user's are, which need not be where ours are. */
    private static final class InLoader extends ObjectInputStream {
        private final ClassLoader loader;

        InLoader(byte[] bytes, ClassLoader loader) throws IOException {
            super(new ByteArrayInputStream(bytes));
            this.loader = loader;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, loader);
            } catch (ClassNotFoundException primitive) {
                return super.resolveClass(description);
            }
        }
    }
}
