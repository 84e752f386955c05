package io.github.passerelle;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

import io.github.passerelle.command.CheckCommand;
import io.github.passerelle.command.DaysCommand;
import io.github.passerelle.command.DryRunCommand;
import io.github.passerelle.command.Failed;
import io.github.passerelle.command.GoLiveCommand;
import io.github.passerelle.command.Mistake;
import io.github.passerelle.command.PendingCommand;
import io.github.passerelle.command.QuarantineCommand;
import io.github.passerelle.command.Quiet;
import io.github.passerelle.command.SessionsCommand;
import io.github.passerelle.command.SettingsCommand;
import io.github.passerelle.command.StatusCommand;
import io.github.passerelle.command.WhereCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/**
 * Runs the routes of the working directory, or a command.
 */
@Command(name = "java -jar passerelle.jar", mixinStandardHelpOptions = true, versionProvider = Passerelle.class,
         description = {
                 "Without a command: runs the routes in routes/ with the settings in application.properties, both in the working directory. "
                        + "What differs from one association to the next is set in the environment or in a file .env: see .env.example.%n" },
         subcommands = { StatusCommand.class, WhereCommand.class, PendingCommand.class, QuarantineCommand.class, SessionsCommand.class,
                 DaysCommand.class, DryRunCommand.class, GoLiveCommand.class, CheckCommand.class, SettingsCommand.class })
public final class Passerelle implements Callable<Integer>, IVersionProvider {

    public static void main(String[] args) {
        boolean command = args.length > 0;
        if (command) {
            Quiet.log();
        }
        // UTF-8 whatever the locale: what Paheko answers is French, and a service has no locale
        int code = new CommandLine(new Passerelle()).setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8)).setUsageHelpWidth(100).setUsageHelpAutoWidth(false)
                .setParameterExceptionHandler(new Mistake()).setExecutionExceptionHandler(new Failed()).execute(args);
        // a command has answered: no thread of a library is worth waiting for
        if (code != 0 || command) {
            System.exit(code);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] { "passerelle " + Passerelle.class.getPackage().getImplementationVersion() };
    }

    @Override
    public Integer call() {
        return Routes.run();
    }
}
