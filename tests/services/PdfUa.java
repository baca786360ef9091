import java.io.FileInputStream;
import java.nio.file.Path;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** Says of each file « name TAB checked », then a line « name TAB problem » for each rule it breaks. */
public class PdfUa {
  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    var foundry = Foundries.defaultInstance();
    for (String file : files) {
      String name = Path.of(file).getFileName().toString();
      try (var source = new FileInputStream(file);
          var parser = foundry.createParser(source, PDFAFlavour.PDFUA_1);
          var validator = foundry.createValidator(PDFAFlavour.PDFUA_1, false)) {
        var result = validator.validate(parser);
        var broken = new TreeSet<String>();
        for (TestAssertion assertion : result.getTestAssertions()) {
          if (assertion.getStatus() == TestAssertion.Status.FAILED) {
            var rule = assertion.getRuleId();
            broken.add(rule.getClause() + "-" + rule.getTestNumber() + " " + assertion.getMessage());
          }
        }
        System.out.println(name + "\tchecked");
        broken.forEach(problem -> System.out.println(name + "\t" + problem));
        if (result.isCompliant() != broken.isEmpty()) System.out.println(name + "\tnot compliant");
      }
    }
  }
}
