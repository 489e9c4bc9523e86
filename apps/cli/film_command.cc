#include "apps/cli/film_command.h"

#include <cinttypes>
#include <cstdio>
#include <filesystem>

#include "apps/cli/cast.h"
#include "apps/cli/interrupt.h"
#include "apps/cli/neural_options.h"
#include "apps/cli/progress_bar.h"
#include "apps/cli/writers.h"
#include "base/text/text.h"
#include "media/atomic_file.h"
#include "script/screenplay/to_shots.h"
#include "script/shots/codec.h"
#include "studio/film/make_film.h"
#include "studio/worker/characters.h"

namespace apps {
namespace {

constexpr int64_t kMostScriptBytes = 4 << 20;

// Options of the command line win over what the file says.
base::Status apply_options(script::ShotList& list, const FilmOptions& options,
                           const script::WriteOptions& write) {
    if (!options.size.empty()) {
        list.width_px = write.width_px;
        list.height_px = write.height_px;
    }
    if (options.fps) list.fps = write.fps;
    if (options.seed) list.seed = write.seed;
    if (write.style) list.style = *write.style;
    if (write.seconds) {
        const double factor = *write.seconds / list.seconds();
        for (script::Shot& shot : list.shots) shot.seconds *= factor;
    }
    return {};
}

std::string film_name(const script::ShotList& list, const std::string& source) {
    const std::string& words = !list.title.empty()    ? list.title
                               : !list.prompt.empty() ? list.prompt
                                                      : source;
    return base::slug(words, 48);
}

base::Json report_json(const script::Report& report) {
    base::Json replaced = base::Json::array();
    for (const script::Replaced& r : report.replaced)
        replaced.push_back({{"asked", r.asked}, {"used", r.used}, {"why", r.why}});
    return {
        {"understood", report.understood}, {"replaced", replaced}, {"left_out", report.left_out}};
}

std::string hex(uint64_t value) {
    char text[17];
    std::snprintf(text, sizeof text, "%016" PRIx64, value);
    return text;
}

}  // namespace

std::string free_name(const std::string& stem, const std::string& ending) {
    std::string name = stem + ending;
    for (int i = 2; std::filesystem::exists(name); ++i)
        name = stem + "-" + std::to_string(i) + ending;
    return name;
}

base::Result<script::Written> read_source(const std::string& source, const FilmOptions& options) {
    const script::WriteOptions write = TRY(write_options(options));
    const bool from_file =
        base::ends_with(source, ".shots.json") || base::ends_with(source, ".fountain");
    if (from_file && !options.characters.empty()) {
        return base::usage_error("a file has its own cast; characters need a prompt",
                                 "--character " + options.characters.front());
    }
    if (base::ends_with(source, ".shots.json")) {
        script::Written written;
        const std::string text = TRY(media::read_file(source, kMostScriptBytes));
        written.shots = TRY(script::parse_shot_list(text, source));
        TRY(apply_options(written.shots, options, write));
        return written;
    }
    if (base::ends_with(source, ".fountain")) {
        const std::string text = TRY(media::read_file(source, kMostScriptBytes));
        script::Written written = TRY(script::shot_list_from_screenplay(text, source, write));
        TRY(apply_options(written.shots, options, write));
        return written;
    }
    if (options.characters.empty()) return write_from_prompt(source, write, options.writer);
    studio::FilmJob told;
    told.prompt = source;
    const std::vector<studio::Part> parts =
        studio::cast_characters(TRY(read_characters(options.characters, source)), told);
    script::Written written = TRY(write_from_prompt(told.prompt, write, options.writer));
    studio::dress_characters(parts, written);
    written.shots.prompt = source;
    return written;
}

void print_report(const script::Report& report) {
    if (!report.understood.empty()) {
        std::fprintf(stderr, "understood  %s\n", base::join(report.understood, ", ").c_str());
    }
    for (const script::Replaced& r : report.replaced) {
        std::fprintf(stderr, "replaced    %s → %s (%s)\n", r.asked.c_str(), r.used.c_str(),
                     r.why.c_str());
    }
    if (!report.left_out.empty()) {
        std::fprintf(stderr, "left out    %s\n", base::join(report.left_out, ", ").c_str());
    }
}

int run_film(const script::Written& written, const FilmOptions& options,
             const std::string& source) {
    studio::FilmRequest request;
    request.shots = written.shots;
    request.report = written.report;
    request.output_path = options.output.empty()
                              ? free_name(film_name(written.shots, source), ".mp4")
                              : options.output;
    request.overwrite = options.force;
    request.record_path = options.record;
    request.shots_path = options.shots;
    request.state_path = options.state;
    request.continue_path = options.continue_from;
    request.image_path = options.image;
    request.passes_dir = options.passes;
    request.threads = options.threads;
    if (is_neural(options.engine)) request.model = options.engine.substr(7);
    const auto wishes = neural_wishes(options);
    if (!wishes.ok()) return report_error(wishes.error());
    request.neural = *wishes;
    const auto quality = parse_quality(options.quality);
    if (!quality.ok()) return report_error(quality.error());
    request.quality = *quality;

    ProgressBar bar(options.no_progress && !options.json ? ProgressKind::None
                    : options.json ? (options.no_progress ? ProgressKind::None : ProgressKind::Json)
                                   : ProgressKind::Bar);
    const auto result = studio::make_film(
        request, [&](const studio::Progress& p, const base::Image8*) { bar.show(p); },
        &interrupt_token());
    bar.finish();
    if (!result.ok()) return report_error(result.error());
    const studio::FilmResult& film = *result;
    if (options.json) {
        base::Json line = report_json(film.report);
        base::Json out = {{"file", request.output_path},
                          {"frames", film.clip.frame_count},
                          {"frame_hash", hex(film.clip.frame_hash)},
                          {"sample_hash", hex(film.clip.sample_hash)}};
        out.update(line);
        std::printf("%s\n", out.dump().c_str());
    } else {
        print_report(film.report);
        std::printf("%s\n", request.output_path.c_str());
    }
    return kExitOk;
}

}  // namespace apps
