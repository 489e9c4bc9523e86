#include <CLI/CLI.hpp>
#include <memory>

#include "apps/cli/commands.h"
#include "apps/cli/film_command.h"
#include "base/text/text.h"
#include "media/atomic_file.h"
#include "script/shots/codec.h"
#include "script/writer/remix.h"
#include "studio/film/make_film.h"

namespace apps {
namespace {

// A film of ours, or the text it was made from.
base::Result<script::ShotList> read_shots(const std::string& source, const FilmOptions& options) {
    if (base::ends_with(source, ".shots.json") || base::ends_with(source, ".fountain")) {
        return TRY(read_source(source, options)).shots;
    }
    return TRY(studio::read_film(source)).shots;
}

void give_options(script::ShotList& list, const FilmOptions& options,
                  const script::WriteOptions& write) {
    if (!options.size.empty()) {
        list.width_px = write.width_px;
        list.height_px = write.height_px;
    }
    if (options.fps) list.fps = write.fps;
    if (options.seed) list.seed = write.seed;
    if (write.style) list.style = *write.style;
}

int remix(const std::string& film, const std::string& prompt, const FilmOptions& options) {
    const auto list = read_shots(film, options);
    if (!list.ok()) return report_error(list.error());
    const auto write = write_options(options);
    if (!write.ok()) return report_error(write.error());
    auto written = script::remix_shot_list(*list, prompt);
    if (!written.ok()) return report_error(written.error());
    give_options(written->shots, options, *write);
    return run_film(*written, options, prompt);
}

int extend(const std::string& film, const std::string& prompt, const FilmOptions& options) {
    const auto list = read_shots(film, options);
    if (!list.ok()) return report_error(list.error());
    const auto write = write_options(options);
    if (!write.ok()) return report_error(write.error());
    auto written = script::extend_shot_list(*list, prompt, options.seconds);
    if (!written.ok()) return report_error(written.error());
    give_options(written->shots, options, *write);
    return run_film(*written, options, prompt);
}

void add(CLI::App& app, Run& run, const char* name, const char* help, const char* prompt_help,
         int (*function)(const std::string&, const std::string&, const FilmOptions&)) {
    CLI::App* command = app.add_subcommand(name, help);
    auto options = std::make_shared<FilmOptions>();
    auto film = std::make_shared<std::string>(), prompt = std::make_shared<std::string>();
    command
        ->add_option("film", *film, "A film of ours (mp4), or its FILE.shots.json or FILE.fountain")
        ->required();
    command->add_option("prompt", *prompt, prompt_help)->required();
    add_film_options(*command, *options);
    command->callback([=, &run] {
        run = [=] {
            if (!options->characters.empty()) {
                return report_error(
                    base::usage_error("a film keeps its cast; only make casts characters",
                                      "--character " + options->characters.front()));
            }
            if (options->own_length) {
                return report_error(base::usage_error(
                    "a film keeps its lengths; only make asks the model", "--seconds auto"));
            }
            return function(*film, *prompt, *options);
        };
    });
}

}  // namespace

void add_remix_command(CLI::App& app, Run& run) {
    add(app, run, "remix", "The same film, changed: only what the words ask",
        "What to change: \"make the ball blue\"", remix);
}

void add_extend_command(CLI::App& app, Run& run) {
    add(app, run, "extend",
        "The film goes on from where its world ended; --seconds is what is added",
        "What happens next: \"the ball comes to rest\"", extend);
}

}  // namespace apps
