// Apache UIMA reads an export of ours, strictly: every name as UIMA sees it, one a line. See README.md.

import java.io.File;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Arrays;
import org.apache.uima.UIMAFramework;
import org.apache.uima.cas.CAS;
import org.apache.uima.cas.Feature;
import org.apache.uima.cas.Type;
import org.apache.uima.cas.impl.XmiCasDeserializer;
import org.apache.uima.cas.text.AnnotationFS;
import org.apache.uima.resource.metadata.TypeSystemDescription;
import org.apache.uima.util.CasCreationUtils;
import org.apache.uima.util.XMLInputSource;

public class ReadXmi {
  public static void main(String[] args) throws Exception {
    File folder = new File(args[0]);
    TypeSystemDescription types = UIMAFramework.getXMLParser()
        .parseTypeSystemDescription(new XMLInputSource(new File(folder, "TypeSystem.xml")));
    PrintStream out = new PrintStream(System.out, true, "UTF-8");
    File[] files = folder.listFiles((where, name) -> name.endsWith(".xmi"));
    Arrays.sort(files);
    for (File file : files) {
      CAS cas = CasCreationUtils.createCas(types, null, null);
      try (InputStream in = new FileInputStream(file)) {
        XmiCasDeserializer.deserialize(in, cas, false); // not lenient: an unknown type is an error
      }
      Type name = cas.getTypeSystem().getType("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity");
      Feature value = name.getFeatureByBaseName("value");
      for (AnnotationFS one : cas.getAnnotationIndex(name)) {
        String words = one.getCoveredText().replace("\n", "\\n");
        out.println(file.getName().replace(".xmi", "") + "\t" + one.getStringValue(value) + "\t" + words);
      }
    }
  }
}
