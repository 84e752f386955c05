package io.github.passerelle;

import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.passerelle.settings.InvalidSettingException;
import io.github.passerelle.settings.Settings;

/**
 * Runs the routes of the working directory.
 */
public final class Passerelle {

    private static final Logger LOG = LoggerFactory.getLogger(Passerelle.class);
    private static final String USAGE = """
            Usage: java -jar passerelle.jar [--help | --version]

            Runs the routes in routes/ with the settings in application.properties, both in the working directory.
            What differs from one association to the next is set in the environment or in a file .env: see .env.example.
            """;

    private Passerelle() {
    }

    public static void main(String[] args) {
        int code = args.length == 0 ? run() : command(args);
        if (code != 0) {
            System.exit(code);
        }
    }

    private static int command(String[] args) {
        switch (args[0]) {
            case "--help", "-h" -> System.out.print(USAGE);
            case "--version" -> System.out.println("passerelle " + Passerelle.class.getPackage().getImplementationVersion());
            default -> {
                System.err.print("There is no command '" + args[0] + "'.\n\n" + USAGE);
                return 2;
            }
        }
        return 0;
    }

    private static int run() {
        Main main = new Main();
        try {
            Settings settings = Settings.load();
            settings.warnings().forEach(LOG::warn);
            if (!settings.missing().isEmpty()) {
                LOG.warn("{} not set: nothing is sent to Paheko", String.join(" and ", settings.missing()));
            }
            // the HTTP server serves no files: without this each process that is killed leaves a folder in the temporary directory
            System.setProperty("vertx.disableFileCPResolving", "true");
            main.bind("settings", settings);
            // Camel looks on the class path only; what an integrator edits lies beside the jar
            main.setDefaultPropertyPlaceholderLocation(
                    "file:application.properties;optional=true,classpath:application.properties;optional=true");
            main.addMainListener(new RoutesRequired());
            main.run();
            return main.getExitCode();
        } catch (InvalidSettingException e) {
            LOG.error(e.getMessage());
        } catch (Exception e) {
            LOG.error("Cannot start: {}", StartFailure.describe(e));
            LOG.debug("The whole failure", e);
        }
        // the end is this one's own: without it Camel's shutdown hook tells of a SIGTERM that nobody sent
        main.getShutdownStrategy().shutdown();
        return 1;
    }
}
