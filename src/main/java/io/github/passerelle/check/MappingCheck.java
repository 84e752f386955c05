package io.github.passerelle.check;

import java.nio.file.Path;
import java.util.List;

import io.github.passerelle.booking.InvalidMappingException;
import io.github.passerelle.booking.MappingFile;
import io.github.passerelle.settings.SettingsReport;

/**
 * Looks at the file that says which account is which, alone.
 */
final class MappingCheck implements Check {

    private final SettingsReport report;
    private final Path file;

    MappingCheck(SettingsReport report, Path file) {
        this.report = report;
        this.file = file;
    }

    @Override
    public String subject() {
        return "Mapping";
    }

    @Override
    public List<Finding> look() {
        try {
            MappingFile.read(file);
            return List.of(Finding.ok("mapping", "Nothing is wrong with the mapping (" + report.hide(file.toString()) + ")."));
        } catch (InvalidMappingException e) {
            return e.faults().stream().map(fault -> Finding.error("mapping_wrong", report.hide(fault),
                    "Correct it: the application does not start with it, and its accounts are not looked up in Paheko. mapping.json.example shows"
                                                                                                       + " what it holds; PAHEKO_API_MAPPING says where it is."))
                    .toList();
        }
    }
}
