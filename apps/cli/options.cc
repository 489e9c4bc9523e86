#include "apps/cli/options.h"

#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>

#include "base/text/text.h"
#include "neural/weights/stream.h"

namespace apps {
namespace {

constexpr double kLongestFilm_s = 3600;

void read_seconds(const std::string& text, FilmOptions& options) {
    options.own_length = text == "auto";
    if (options.own_length) return;
    double seconds = 0;
    if (!CLI::detail::lexical_cast(text, seconds)) throw CLI::ConversionError(text, "--seconds");
    options.seconds = seconds;
}

}  // namespace

void add_film_options(CLI::App& command, FilmOptions& options) {
    command.add_option("-o,--output", options.output,
                       "The film to write; default SLUG.mp4, never overwriting");
    command
        .add_option("--engine", options.engine,
                    "world | neural:MODEL | remote:NAME or remote:https://host/v1\n"
                    "(another server of the Videos API; AOZORA_REMOTE_NAME_URL, _KEY, _MODEL)")
        ->capture_default_str();
    command.add_option_function<std::string>(
        "--seconds", [&options](const std::string& text) { read_seconds(text, options); },
        "Length, exact to the frame; default from the text, else 5. auto: what the model thinks\n"
        "(LTX-2.5)");
    command.add_option("--size", options.size, "Picture size WxH, even numbers; default 1280x720");
    command.add_option("--fps", options.fps, "Frames a second, 1 to 120; default 24");
    command.add_option("--seed", options.seed, "Another seed, another film; default 1");
    command.add_option("--style", options.style, "realistic | clay | anime | noir");
    command.add_option("--quality", options.quality, "draft | standard | final")
        ->capture_default_str();
    command.add_option(
        "--image", options.image,
        "A picture (JPEG, PNG, WebP) to start from: it becomes the first frame, cut to the\n"
        "film's shape, and the film plays in it");
    command.add_option("--character", options.characters,
                       "NAME=FILE: somebody from a clip or a picture, by name in the prompt");
    command.add_option("--record", options.record, "Write what happened (events, tracks) as JSON");
    command.add_option("--shots", options.shots, "Write the shot list as JSON");
    command.add_option("--passes", options.passes,
                       "Write depth, normal, motion, albedo, ids into this folder");
    command.add_option("--state", options.state,
                       "Write the end state of the world, to go on from it");
    command.add_option("--continue", options.continue_from, "Go on from such a state");
    command.add_option("--writer", options.writer, "builtin | llm (an OpenAI-compatible endpoint)");
    command.add_option("--threads", options.threads,
                       "Threads; default all cores. The film does not depend on it");
    command.add_option("--memory", options.memory,
                       "Neural engine: the most memory to use, such as 8G; default what is free");
    command.add_option("--steps", options.steps,
                       "Neural engine: denoising steps; default the model's own number");
    command.add_option("--negative", options.negative, "Neural engine: what should not be seen");
    command
        .add_option(
            "--lora", options.loras,
            "Neural engine: FILE[:STRENGTH] bends the model, strength 1 where none is said;\n"
            "again for several. FILE may be the name of one in MODELS/loras; :high or :low\n"
            "behind it is for one expert of a model of two (Wan 2.2 A14B)")
        ->allow_extra_args(false);
    command
        .add_option("--keyframe", options.keyframes,
                    "Neural engine: FILE@SECONDS[:STRENGTH], a picture that the film shows then,\n"
                    "exactly at strength 1 (where none is said), freely near 0; again for several")
        ->allow_extra_args(false);
    command.add_option(
        "--reference", options.reference,
        "Neural engine: a clip or a picture that the model looks at, by a LoRA that\n"
        "was made for it");
    command.add_option(
        "--sound", options.sound,
        "Neural engine: a recording or a clip whose sound the pictures follow; it is\n"
        "the film's sound");
    command
        .add_option(
            "--control", options.control,
            "Neural engine: the world engine plays the film first and leads the model:\n"
            "depth | normal | edges by a LoRA that was made for it, and first-frame; several\n"
            "with commas")
        ->delimiter(',')
        ->allow_extra_args(false);
    command.add_option("--decoder", options.decoder,
                       "Neural engine: conv | diffusion (LTX-2.5: sharper, slower)");
    command.add_flag("--no-progress", options.no_progress, "No progress bar");
    command.add_flag("--json", options.json,
                     "JSON lines on standard output: progress, then the result");
    command.add_flag("--force", options.force, "Overwrite the output");
}

base::Result<Size> parse_size(const std::string& text) {
    int width = 0, height = 0, used = 0;
    if (std::sscanf(text.c_str(), "%dx%d%n", &width, &height, &used) != 2 ||
        used != static_cast<int>(text.size())) {
        return base::usage_error("a size is WIDTHxHEIGHT, such as 1280x720", "--size " + text);
    }
    if (width < 16 || height < 16 || width > 7680 || height > 7680) {
        return base::usage_error("sizes go from 16x16 to 7680x7680", "--size " + text);
    }
    if (width * height > 9'500'000) {
        return base::usage_error("pictures hold up to 9.5 million pixels, such as 4096x2304",
                                 "--size " + text);
    }
    if (width % 2 != 0 || height % 2 != 0) {
        return base::usage_error(
            "H.264 needs even numbers; the nearest size is " + std::to_string(width & ~1) + "x" +
                std::to_string(height & ~1) + " or " + std::to_string((width + 1) & ~1) + "x" +
                std::to_string((height + 1) & ~1),
            "--size " + text);
    }
    return Size{width, height};
}

base::Result<script::Style> parse_style(const std::string& text) {
    if (text == "realistic") return script::Style::Realistic;
    if (text == "clay" || text == "claymation") return script::Style::Clay;
    if (text == "anime") return script::Style::Anime;
    if (text == "noir") return script::Style::Noir;
    return base::usage_error("styles are realistic, clay, anime, noir", "--style " + text);
}

base::Result<render::Quality> parse_quality(const std::string& text) {
    if (text == "draft") return render::Quality::Draft;
    if (text == "standard") return render::Quality::Standard;
    if (text == "final") return render::Quality::Final;
    return base::usage_error("qualities are draft, standard, final", "--quality " + text);
}

bool is_neural(const std::string& engine) { return base::starts_with(engine, "neural:"); }

base::Result<uint64_t> parse_memory(const std::string& text) {
    constexpr uint64_t kLeast = 64 << 20;
    const uint64_t bytes = TRY(neural::parse_memory_size(text));
    if (bytes < kLeast)
        return base::usage_error("give it at least 64M; 8G is usual", "--memory " + text);
    return bytes;
}

base::Result<script::WriteOptions> write_options(const FilmOptions& options) {
    if (options.engine == "neural" || options.engine == "neural:") {
        return base::usage_error(
            "say which model: --engine neural:MODEL; \"aozora models\" lists them",
            "--engine " + options.engine);
    }
    if (options.steps && (*options.steps < 1 || *options.steps > 1000))
        return base::usage_error("denoising steps go from 1 to 1000", "--steps");
    if (options.engine.rfind("remote", 0) == 0) {
        return base::usage_error("only \"make\" can leave the work to another server",
                                 "--engine " + options.engine);
    }
    if (options.engine != "world" && !is_neural(options.engine)) {
        return base::usage_error("engines are world, neural:MODEL, remote:NAME",
                                 "--engine " + options.engine);
    }
    if (!options.writer.empty() && options.writer != "builtin" && options.writer != "llm") {
        return base::usage_error("writers are builtin, llm", "--writer " + options.writer);
    }
    if (options.threads < 0 || options.threads > 1024) {
        return base::usage_error("threads go from 1 to 1024; 0 = all cores",
                                 "--threads " + std::to_string(options.threads));
    }
    script::WriteOptions write;
    if (!options.size.empty()) {
        const Size size = TRY(parse_size(options.size));
        write.width_px = size.width;
        write.height_px = size.height;
    }
    if (options.fps) {
        if (!(*options.fps >= 1 && *options.fps <= 120))
            return base::usage_error("frames a second go from 1 to 120", "--fps");
        write.fps = *options.fps;
    }
    if (options.seconds) {
        if (!(*options.seconds > 0) || !std::isfinite(*options.seconds)) {
            return base::usage_error("a film needs more than 0 seconds", "--seconds");
        }
        if (*options.seconds > kLongestFilm_s) {
            return base::usage_error(
                "the longest film is 3600 s; ask for less, or make several and continue them",
                "--seconds");
        }
        if (*options.seconds * write.fps < 0.5)
            return base::usage_error("that is less than one frame", "--seconds");
        write.seconds = options.seconds;
    }
    if (options.seed) write.seed = *options.seed;
    if (!options.style.empty()) write.style = TRY(parse_style(options.style));
    return write;
}

int report_error(const base::Error& error) {
    std::fprintf(stderr, "aozora: %s\n", error.text().c_str());
    return error.kind == base::ErrorKind::Usage ? kExitUsage : kExitFailed;
}

}  // namespace apps
