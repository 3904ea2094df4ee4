package io.gradiometer.trace;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where files are written; another one in tests, which is full when they want it to be. */
interface Disk {

    /** Makes a new file; one that is there, or a link, is an error. */
    Sink create(Path file) throws IOException;

    /** A file that is being written. */
    interface Sink extends Closeable {
        /** Writes the first bytes of an array; if this JVM is killed now, they are there. */
        void write(byte[] bytes, int length) throws IOException;

        /** Waits until they are there even if the machine goes down. */
        void force() throws IOException;
    }

    /** Returns the disk that files really lie on. */
    static Disk real() {
        return file -> {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return new Sink() {
                @Override
                public void write(byte[] bytes, int length) throws IOException {
                    ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
                    while (rest.hasRemaining()) {
                        channel.write(rest);
                    }
                }

                @Override
                public void force() throws IOException {
                    channel.force(false);
                }

                @Override
                public void close() throws IOException {
                    channel.close();
                }
            };
        };
    }
}
