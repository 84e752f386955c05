package io.github.passerelle.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.passerelle.fixture.PasserelleProcess;

class MappingFileTest {

    @TempDir
    private Path folder;

    private Path file(String json) throws IOException {
        return Files.writeString(folder.resolve("mapping.json"), json.replace('\'', '"'));
    }

    private List<String> faults(String json) throws IOException {
        Path file = file(json);
        return catchThrowableOfType(InvalidMappingException.class, () -> MappingFile.read(file)).faults().stream()
                .map(fault -> fault.replace(file.toString(), "mapping.json")).toList();
    }

    @Test
    void theShippedExampleIsOne() {
        Mapping mapping = MappingFile.read(PasserelleProcess.repository().resolve("mapping.json.example"));
        assertThat(mapping).isEqualTo(new Mapping(Map.of("especes", "530", "cheque", "5112", "cb", "512"), "7073", Map.of(), "7541", Set.of(),
                new Mapping.Differences("especes", "758", "658"), "match", "Caisse RecyClique"));
        assertThat(mapping.accounts()).containsExactly("5112", "512", "530", "658", "7073", "7541", "758");
    }

    @Test
    void littleIsEnough() throws IOException {
        assertThat(MappingFile.read(file("{'payments':{'cb':'512'},'sales':{'account':'707'}}")))
                .isEqualTo(new Mapping(Map.of("cb", "512"), "707", Map.of(), null, Set.of(), null, "match", "Caisse RecyClique"));
        assertThat(MappingFile.read(file("{'payments':{'cb':'512'},'sales':{'account':'707'},'year':12}")).year()).isEqualTo("12");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '^', value = {
        "{'sales':{'account':'707'}} # mapping.json: 'payments' is missing",
        "{'payments':{},'sales':{'account':'707'}} # mapping.json: payments: must have at least 1 properties",
        "{'payments':{'cb':512},'sales':{'account':'707'}} # mapping.json: payments.cb: integer found, string expected",
        "{'payments':{'cb':'5 12'},'sales':{'account':'707'}} # mapping.json: payments.cb: does not match the regex pattern ^[A-Za-z0-9_]{1,20}$",
        "{'payments':{'c b':'512'},'sales':{'account':'707'}} # mapping.json: payments: property 'c b' name is not valid: does not match the regex pattern ^[A-Za-z0-9._:-]{1,200}$",
        "{'payments':{'cb':'512'},'sales':{}} # mapping.json: sales: 'account' is missing",
        "{'payments':{'cb':'512'},'sales':{'account':'707','x':1}} # mapping.json: sales: 'x' is not known here; allowed are account, categories",
        "{'payments':{'cb':'512'},'sales':{'account':'707'},'years':1} # mapping.json: 'years' is not known here; allowed are $schema, payments, sales, gifts, differences, year, label",
        "{'payments':{'cb':'512'},'sales':{'account':'707'},'year':'2026x'} # mapping.json: year: does not match the regex pattern ^(match|current|[1-9][0-9]{0,8})$",
        "{'payments':{'cb':'512'},'sales':{'account':'707'},'gifts':{'presets':['a','a'],'account':'1'}} # mapping.json: gifts.presets: must have only unique items in the array",
        "{'payments':{'cb':'512'},'sales':{'account':'707'},'differences':{'cash':'especes','surplus':'758','shortage':'658'}} # mapping.json: differences.cash: 'especes' is no payment method of 'payments'; allowed are cb",
        "{'payments':{'cb':'512','cb':'513'},'sales':{'account':'707'}} # mapping.json, line 1, column 29: no JSON in which each name stands once: Duplicate field 'cb'",
        "{'payments':{'cb':'512'},'sales':{'account':'707'},'a\\nb':1} # mapping.json: 'a?b' is not known here; allowed are $schema, payments, sales, gifts, differences, year, label",
        "[] # mapping.json: array found, object expected",
        "^^ # mapping.json is empty; it begins with {",
    })
    void saysWhatIsWrongWhereAndWhatIsAllowed(String json, String fault) throws IOException {
        assertThat(faults(json == null ? "" : json)).containsExactly(fault);
    }

    @Test
    void saysWhereTheJsonBreaksOff() throws IOException {
        assertThat(faults("{\n  'payments': {")).containsExactly("mapping.json, line 2, column 16: no JSON in which each name stands"
                + " once: Unexpected end-of-input: expected close marker for Object");
        assertThat(faults("{} {}")).singleElement().asString().startsWith("mapping.json, line 1, column ");
    }

    @Test
    void saysAllThatIsWrong() throws IOException {
        assertThat(faults("{'payments':{'cb':1},'sales':{},'label':7}")).hasSize(3);
    }

    @Test
    void saysWhenThereIsNoSuchFileOrItIsNotText() throws IOException {
        assertThat(catchThrowableOfType(InvalidMappingException.class, () -> MappingFile.read(Path.of("nowhere/mapping.json"))))
                .hasMessage("nowhere/mapping.json is not there; mapping.json.example shows what it holds");
        Path latin = Files.write(folder.resolve("latin.json"), "{\"é\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(catchThrowableOfType(InvalidMappingException.class, () -> MappingFile.read(latin))).hasMessageEndingWith("is not written in UTF-8");
        assertThat(catchThrowableOfType(InvalidMappingException.class, () -> MappingFile.read(folder))).hasMessageContaining("cannot be read");
    }
}
