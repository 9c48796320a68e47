import java.io.*;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.uima.UIMAFramework;
import org.apache.uima.cas.*;
import org.apache.uima.cas.impl.XmiCasDeserializer;
import org.apache.uima.cas.text.AnnotationFS;
import org.apache.uima.resource.metadata.TypeSystemDescription;
import org.apache.uima.util.*;

/** Reads XMI files with Apache UIMA and prints each annotation's offsets, label and covered text (in Base64).
 *  Started as a single file: java -cp uimaj-core.jar CheckXmi.java TypeSystem.xml TYPE LABEL_FEATURE FILE... */
public class CheckXmi {
    public static void main(String[] a) throws Exception {
        TypeSystemDescription types =
            UIMAFramework.getXMLParser().parseTypeSystemDescription(new XMLInputSource(new File(a[0])));
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        for (int i = 3; i < a.length; i++) {
            CAS cas = CasCreationUtils.createCas(types, null, null);
            try (InputStream in = new FileInputStream(a[i])) {
                XmiCasDeserializer.deserialize(in, cas);
            }
            Type type = cas.getTypeSystem().getType(a[1]);
            Feature label = type.getFeatureByBaseName(a[2]);
            for (AnnotationFS x : cas.getAnnotationIndex(type)) {
                String covered = Base64.getEncoder().encodeToString(x.getCoveredText().getBytes(StandardCharsets.UTF_8));
                out.printf("span\t%s\t%d\t%d\t%s\t%s%n", a[i], x.getBegin(), x.getEnd(), x.getFeatureValueAsString(label), covered);
            }
        }
    }
}
