#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "apps/cli/commands.h"
#include "apps/cli/film_command.h"
#include "base/text/text.h"
#include "media/atomic_file.h"
#include "script/screenplay/from_shots.h"
#include "script/shots/codec.h"
#include "studio/film/make_film.h"

namespace apps {
namespace {

int write_script(const std::string& source, const FilmOptions& options) {
    script::Written written;
    if (base::ends_with(source, ".mp4")) {
        const auto film = studio::read_film(source);
        if (!film.ok()) return report_error(film.error());
        written.shots = film->shots;
    } else {
        auto read = read_source(source, options);
        if (!read.ok()) return report_error(read.error());
        written = std::move(read).value();
    }
    const bool json = base::ends_with(options.output, ".json");
    const std::string text = json ? script::to_json_text(written.shots)
                                  : script::screenplay_from_shot_list(written.shots);
    if (options.output.empty() || options.output == "-") {
        std::fputs(text.c_str(), stdout);
    } else {
        const auto done = media::write_file(options.output, text);
        if (!done.ok()) return report_error(done.error());
        std::printf("%s\n", options.output.c_str());
    }
    print_report(written.report);
    return kExitOk;
}

}  // namespace

void add_write_command(CLI::App& app, Run& run) {
    CLI::App* command = app.add_subcommand(
        "write", "Words become a screenplay or a shot list; nothing is rendered");
    auto options = std::make_shared<FilmOptions>();
    auto source = std::make_shared<std::string>();
    command
        ->add_option("source", *source,
                     "\"PROMPT\", FILE.fountain, FILE.shots.json or a film FILE.mp4 of ours")
        ->required();
    command->add_option("-o,--output", options->output,
                        "x.fountain or x.shots.json; default: Fountain on standard output");
    command->add_option("--seconds", options->seconds, "Length");
    command->add_option("--size", options->size, "WxH");
    command->add_option("--fps", options->fps, "Frames a second");
    command->add_option("--seed", options->seed, "Seed");
    command->add_option("--style", options->style, "realistic | clay | anime | noir");
    command->add_option("--writer", options->writer, "builtin | llm");
    command->callback([options, source, &run] {
        run = [options, source] { return write_script(*source, *options); };
    });
}

}  // namespace apps
