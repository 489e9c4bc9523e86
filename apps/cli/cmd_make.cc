#include <CLI/CLI.hpp>
#include <memory>

#include "apps/cli/commands.h"
#include "apps/cli/film_command.h"
#include "apps/cli/remote_make.h"

namespace apps {

void add_make_command(CLI::App& app, Run& run) {
    CLI::App* command =
        app.add_subcommand("make", "Words, a screenplay or a shot list become a film with sound");
    auto options = std::make_shared<FilmOptions>();
    auto source = std::make_shared<std::string>();
    command->add_option("source", *source, "\"PROMPT\", FILE.fountain or FILE.shots.json")
        ->required();
    add_film_options(*command, *options);
    command->callback([options, source, &run] {
        run = [options, source] {
            if (is_remote(options->engine)) return run_remote(*source, *options);
            const auto written = read_source(*source, *options);
            if (!written.ok()) return report_error(written.error());
            return run_film(*written, *options, *source);
        };
    });
}

}  // namespace apps
