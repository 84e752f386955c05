package io.github.passerelle.check;

import java.util.List;

final class Findings {

    private Findings() {
    }

    static List<String> codes(List<Finding> findings) {
        return findings.stream().map(Finding::code).toList();
    }

    /** The first with this code. */
    static Finding only(String code, List<Finding> findings) {
        return findings.stream().filter(finding -> finding.code().equals(code)).findFirst()
                .orElseThrow(() -> new AssertionError("no " + code + " in " + findings));
    }
}
