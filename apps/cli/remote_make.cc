#include "apps/cli/remote_make.h"

#include <cctype>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "apps/cli/film_command.h"
#include "apps/cli/interrupt.h"
#include "apps/cli/neural_options.h"
#include "apps/cli/progress_bar.h"
#include "base/text/text.h"
#include "media/atomic_file.h"
#include "media/still.h"
#include "render/plate/fit.h"
#include "script/shots/codec.h"

namespace apps {
namespace {

constexpr std::string_view kPrefix = "remote:";
constexpr int64_t kMostScriptBytes = 4 << 20, kMostPictureBytes = 64 << 20;
// What the Videos API makes when no size is asked for.
constexpr const char* kUsualSize = "720x1280";

std::string variable(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? "" : value;
}

// Words for the server: a prompt as it is, a screenplay's text, the words a shot list came from.
base::Result<std::string> words_of(const std::string& source) {
    if (base::ends_with(source, ".fountain")) return media::read_file(source, kMostScriptBytes);
    if (!base::ends_with(source, ".shots.json")) return source;
    const std::string text = TRY(media::read_file(source, kMostScriptBytes));
    const script::ShotList list = TRY(script::parse_shot_list(text, source));
    if (list.prompt.empty()) {
        return base::usage_error(
            "this shot list has no prompt, and other servers understand words only", source);
    }
    return list.prompt;
}

// Servers want the picture at the film's very size: it is sent as it is when it has that, else cut
// as the engine "world" cuts it.
base::Result<studio::RemotePicture> picture_for(const std::string& path, const Size& size) {
    const base::Image8 picture = TRY(media::read_image(path));
    if (render::fits(picture, size.width, size.height)) {
        std::string bytes = TRY(media::read_file(path, kMostPictureBytes));
        const bool png = base::starts_with(bytes, "\x89PNG"),
                   webp = base::starts_with(bytes, "RIFF");
        return studio::RemotePicture{png    ? "image/png"
                                     : webp ? "image/webp"
                                            : "image/jpeg",
                                     std::move(bytes)};
    }
    char folder[] = "/tmp/aozora-picture-XXXXXX";
    if (mkdtemp(folder) == nullptr) return base::failed("no temporary folder can be made", "/tmp");
    struct Remover {
        std::string path;
        ~Remover() {
            std::error_code ignored;
            std::filesystem::remove_all(path, ignored);
        }
    } remover{folder};
    const std::string fitted = std::string(folder) + "/picture.png";
    TRY(media::write_png(render::fit_picture(picture, size.width, size.height), fitted));
    return studio::RemotePicture{"image/png", TRY(media::read_file(fitted, kMostPictureBytes))};
}

// Options that mean nothing to another server are told, not dropped silently.
std::vector<std::string> left_out(const FilmOptions& options) {
    std::vector<std::string> names;
    const auto note = [&](bool given, const char* name) {
        if (given) names.emplace_back(name);
    };
    note(options.fps.has_value(), "--fps");
    note(options.seed.has_value(), "--seed");
    note(!options.style.empty(), "--style");
    note(options.quality != "standard", "--quality");
    note(!options.characters.empty(), "--character");
    note(!options.record.empty(), "--record");
    note(!options.shots.empty(), "--shots");
    note(!options.passes.empty(), "--passes");
    note(!options.state.empty(), "--state");
    note(!options.continue_from.empty(), "--continue");
    note(!options.writer.empty(), "--writer");
    for (std::string& name : neural_options_given(options)) names.push_back(std::move(name));
    return names;
}

base::Result<studio::RemoteRequest> request_of(const std::string& source,
                                               const FilmOptions& options,
                                               const std::string& model) {
    studio::RemoteRequest request;
    request.prompt = TRY(words_of(source));
    request.model = model;
    if (options.seconds) {
        if (!(*options.seconds > 0) || !std::isfinite(*options.seconds))
            return base::usage_error("a film needs more than 0 seconds", "--seconds");
        char text[32];
        std::snprintf(text, sizeof text, "%.10g", *options.seconds);
        request.seconds = text;
    }
    request.size = options.size;
    const bool pictured = !options.image.empty();
    if (pictured && request.size.empty()) request.size = kUsualSize;
    if (!request.size.empty()) {
        const Size size = TRY(parse_size(request.size));
        if (pictured) request.picture = TRY(picture_for(options.image, size));
    }
    return request;
}

void print_remote(const studio::RemoteFilm& film, const std::string& path,
                  const std::vector<std::string>& ignored, bool json) {
    if (json) {
        const base::Json line = {{"file", path},        {"id", film.id},
                                 {"model", film.model}, {"seconds", film.seconds},
                                 {"size", film.size},   {"bytes", film.bytes},
                                 {"left_out", ignored}};
        std::printf("%s\n",
                    line.dump(-1, ' ', false, base::Json::error_handler_t::replace).c_str());
        return;
    }
    if (!ignored.empty()) {
        std::fprintf(stderr, "left out    %s (other servers do not take it)\n",
                     base::join(ignored, ", ").c_str());
    }
    std::printf("%s\n", path.c_str());
}

}  // namespace

bool is_remote(const std::string& engine) {
    return engine == "remote" || base::starts_with(engine, kPrefix);
}

base::Result<RemoteEngine> remote_engine(const std::string& engine) {
    const std::string name =
        base::starts_with(engine, kPrefix) ? engine.substr(kPrefix.size()) : "";
    if (name.empty()) {
        return base::usage_error(
            "say which server: remote:NAME (with AOZORA_REMOTE_NAME_URL set) or "
            "remote:https://host/v1",
            "--engine " + engine);
    }
    RemoteEngine found;
    if (base::starts_with(name, "https://") || base::starts_with(name, "http://")) {
        found.server.url = name;
        found.server.key = variable("AOZORA_REMOTE_KEY");
        found.model = variable("AOZORA_REMOTE_MODEL");
        return found;
    }
    std::string prefix = "AOZORA_REMOTE_";
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        prefix += byte < 0x80 && std::isalnum(byte) ? static_cast<char>(std::toupper(byte)) : '_';
    }
    found.server.url = variable(prefix + "_URL");
    found.server.key = variable(prefix + "_KEY");
    found.model = variable(prefix + "_MODEL");
    if (found.server.url.empty()) {
        return base::usage_error("no server is called \"" + name + "\"; set " + prefix +
                                     "_URL to its address, such as https://host/v1",
                                 "--engine " + engine);
    }
    return found;
}

int run_remote(const std::string& source, const FilmOptions& options) {
    const auto engine = remote_engine(options.engine);
    if (!engine.ok()) return report_error(engine.error());
    const auto request = request_of(source, options, engine->model);
    if (!request.ok()) return report_error(request.error());
    const std::string path = options.output.empty()
                                 ? free_name(base::slug(request->prompt, 48), ".mp4")
                                 : options.output;
    ProgressBar bar(options.no_progress ? ProgressKind::None
                    : options.json      ? ProgressKind::Json
                                        : ProgressKind::Bar);
    const auto film = studio::make_remote_film(
        engine->server, *request, path, options.force,
        [&](const studio::RemoteProgress& p) {
            using Step = studio::RemoteProgress::Step;
            studio::Progress shown;
            shown.stage = p.step == Step::Working || p.step == Step::Fetching
                              ? studio::Stage::Rendering
                              : studio::Stage::Staging;
            shown.fraction = p.step == Step::Fetching ? 1 : p.fraction;
            bar.show(shown);
        },
        &interrupt_token());
    bar.finish();
    if (!film.ok()) return report_error(film.error());
    print_remote(*film, path, left_out(options), options.json);
    return kExitOk;
}

}  // namespace apps
