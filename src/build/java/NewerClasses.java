import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Gives classes of a library that are written in an older form than Java 8's the form of Java 8, in place: the JVM keeps no older ones in
 * its archive of classes, and would read and check them anew at each start. What they do stays the same.
 *
 * <p>Run by Maven when kuar is packaged. Arguments: jars. A jar without such classes is left alone.
 */
public final class NewerClasses {
    private static final int VERSION_AT = 6;

    private NewerClasses() {}

    public static void main(String[] jars) throws IOException {
        for (String jar : jars) {
            rewrite(Path.of(jar));
        }
    }

    private static void rewrite(Path jar) throws IOException {
        Path fresh = jar.resolveSibling(jar.getFileName() + ".new");
        int changed = 0;
        try (ZipFile in = new ZipFile(jar.toFile());
                URLClassLoader library = new URLClassLoader(new URL[] {jar.toUri().toURL()});
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(fresh))) {
            for (ZipEntry entry : List.copyOf(in.stream().toList())) {
                byte[] bytes = in.getInputStream(entry).readAllBytes();
                if (isOld(entry.getName(), bytes)) {
                    bytes = newer(bytes, library);
                    changed++;
                }
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTime(entry.getTime());
                out.putNextEntry(copy);
                out.write(bytes);
                out.closeEntry();
            }
        }
        if (changed == 0) {
            Files.delete(fresh);
        } else {
            Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static boolean isOld(String name, byte[] bytes) {
        return name.endsWith(".class") && new ClassReader(bytes).readShort(VERSION_AT) < Opcodes.V1_8;
    }

    private static byte[] newer(byte[] bytes, ClassLoader library) {
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new FramesWriter(library);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public void visit(
                            int version, int access, String name, String signature, String parent, String[] interfaces) {
                        super.visit(Opcodes.V1_8, access, name, signature, parent, interfaces);
                    }
                },
                ClassReader.SKIP_FRAMES);
        return writer.toByteArray();
    }

    /** Works out the frames that older classes lack; a type that is not there (an optional library's) is taken for an Object. */
    private static final class FramesWriter extends ClassWriter {
        private final ClassLoader library;

        FramesWriter(ClassLoader library) {
            super(COMPUTE_FRAMES);
            this.library = library;
        }

        @Override
        protected ClassLoader getClassLoader() {
            return library;
        }

        @Override
        protected String getCommonSuperClass(String one, String other) {
            try {
                return super.getCommonSuperClass(one, other);
            } catch (TypeNotPresentException | LinkageError absent) {
                return "java/lang/Object";
            }
        }
    }
}
