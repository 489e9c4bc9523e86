#include <CLI/CLI.hpp>

#include "apps/cli/commands.h"
#include "apps/cli/licences.h"
#include "apps/cli/options.h"
#include "apps/cli/version.h"

int main(int argc, char** argv) {
    CLI::App app{
        "Aozora makes films with sound from words, from a simulated world, on any CPU.\n"
        "Example:  aozora make \"A steel ball is dropped from 2 metres onto a concrete floor.\""};
    app.set_version_flag("--version", apps::version_text());
    app.require_subcommand(0, 1);
    bool licences = false;
    app.add_flag("--licences,--licenses", licences, "Licences of everything inside");
    app.get_formatter()->column_width(34);

    apps::Run run;
    apps::add_make_command(app, run);
    apps::add_write_command(app, run);
    apps::add_remix_command(app, run);
    apps::add_extend_command(app, run);
    apps::add_serve_command(app, run);
    apps::add_keys_command(app, run);
    apps::add_backup_commands(app, run);
    apps::add_doctor_command(app, run);
    apps::add_bench_command(app, run);
    apps::add_worker_command(app, run);
    apps::add_pull_command(app, run);
    apps::add_models_command(app, run);
    apps::add_quantize_command(app, run);
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp& help) {
        return app.exit(help);
    } catch (const CLI::CallForVersion& version) {
        return app.exit(version);
    } catch (const CLI::ParseError& error) {
        std::fprintf(stderr, "aozora: %s (see aozora --help)\n", error.what());
        return apps::kExitUsage;
    }
    if (licences) return apps::print_licences();
    if (!run) {
        std::fprintf(stdout, "%s", app.help().c_str());
        return apps::kExitUsage;
    }
    return run();
}
