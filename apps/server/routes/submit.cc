#include "apps/server/routes/submit.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <set>

#include "apps/server/archive/characters.h"
#include "apps/server/archive/files.h"
#include "apps/server/core/event_log.h"
#include "apps/server/core/secrets.h"
#include "base/net/http_client.h"
#include "base/text/text.h"
#include "media/image_header.h"

namespace server {
namespace {

constexpr size_t kMostPrompt = 32'000;
constexpr int64_t kMostPictureBytes = 20'971'520;  // of an image_url, as OpenAI's
constexpr int64_t kMostPicturePixels = 64'000'000;
constexpr int kLeastSide = 16;

const std::set<std::string> kOpenAiSizes = {"720x1280",  "1280x720",  "1024x1792",
                                            "1792x1024", "1920x1080", "1080x1920"};
const std::set<std::string> kProSizes = {"1024x1792", "1792x1024", "1920x1080", "1080x1920"};
const std::set<double> kOpenAiSeconds = {4, 8, 12, 16, 20};

bool is_pro(const std::string& model) { return model.find("pro") != std::string::npos; }

std::optional<FilmSize> parse_size(const std::string& text) {
    const size_t x = text.find('x');
    if (x == std::string::npos || x == 0 || x > 6 || text.size() - x - 1 > 6) return std::nullopt;
    for (size_t i = 0; i < text.size(); ++i) {
        if (i != x && (text[i] < '0' || text[i] > '9')) return std::nullopt;
    }
    if (x + 1 == text.size()) return std::nullopt;
    return FilmSize{std::stoi(text.substr(0, x)), std::stoi(text.substr(x + 1))};
}

std::string file_start(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::string start(256 << 10, '\0');
    in.read(start.data(), static_cast<std::streamsize>(start.size()));
    start.resize(static_cast<size_t>(std::max<std::streamsize>(in.gcount(), 0)));
    return start;
}

ApiError storage_failed(const base::Error& error) {
    log_event(base::LogLevel::Error, "storage", {{"reason", error.text()}});
    return unavailable("The server could not store your upload. Try again later.", 10);
}

ApiError database_failed(const base::Error& error) {
    log_event(base::LogLevel::Error, "database", {{"reason", error.text()}});
    return unavailable("The server's database did not answer. Try again.", 2);
}

Answer<InputPicture> store_picture(App& app, const std::string& bytes) {
    const auto header = media::read_image_header(bytes);
    if (!header) {
        return bad_value("input_reference",
                         "Invalid image for 'input_reference': it is not a JPEG, PNG or WebP file.",
                         "invalid_image");
    }
    auto blob = app.blobs->put_bytes(bytes);
    if (!blob.ok()) return storage_failed(blob.error());
    return InputPicture{*blob, header->width_px, header->height_px};
}

Answer<InputPicture> picture_of_url(App& app, const std::string& url) {
    if (base::starts_with(url, "data:")) {
        const size_t comma = url.find(',');
        const std::string head = url.substr(5, comma == std::string::npos ? 0 : comma - 5);
        std::string bytes;
        if (comma == std::string::npos || !base::ends_with(head, ";base64") ||
            !from_base64(std::string_view(url).substr(comma + 1), bytes)) {
            return bad_value("input_reference.image_url",
                             "Invalid data URL: expected data:image/...;base64,...",
                             "invalid_image_url");
        }
        return store_picture(app, bytes);
    }
    if (!base::starts_with(url, "https://") && !base::starts_with(url, "http://")) {
        return bad_value("input_reference.image_url",
                         "Invalid image_url: expected an http(s) address or a data URL.",
                         "invalid_image_url");
    }
    if (!app.config.allow_image_urls) {
        return bad_value("input_reference.image_url",
                         "This server does not fetch addresses. Send the picture as a file or as a "
                         "data URL, or let its operator set input.allow_image_urls.",
                         "image_url_not_allowed");
    }
    base::HttpRequest request;
    request.url = url;
    request.timeout_s = 20;
    request.max_body_bytes = kMostPictureBytes;
    request.max_redirects = 3;
    const auto answer = base::http_exchange(request);
    if (!answer.ok() || !answer->ok()) {
        // Not the reason: it would tell a stranger what this machine can reach.
        return bad_value("input_reference.image_url", "The image_url could not be fetched.",
                         "invalid_image_url");
    }
    return store_picture(app, answer->body);
}

Answer<InputPicture> picture_of_file(App& app, const Caller& caller, const std::string& id) {
    const auto file = find_file(*app.db, caller.project_id, id);
    if (!file.ok()) return database_failed(file.error());
    if (!*file) {
        ApiError missing = not_found("File", id);
        missing.status = 400;
        missing.param = "input_reference.file_id";
        return missing;
    }
    const auto blob = store::find_ref(*app.db, "file:" + id, "content");
    if (!blob.ok() || !*blob)
        return database_failed(blob.ok() ? base::failed("no content") : blob.error());
    const auto start = app.blobs->read((*blob)->sha256, {0, 256 << 10}, 256 << 10);
    if (!start.ok()) return storage_failed(start.error());
    const auto header = media::read_image_header(*start);
    if (!header) {
        return bad_value("input_reference.file_id",
                         "File '" + id + "' is not a JPEG, PNG or WebP picture.", "invalid_image");
    }
    return InputPicture{**blob, header->width_px, header->height_px};
}

double units_of(const App& app, const NewVideo& video) {
    const auto named = app.config.units.find(video.model);
    const auto by_default = app.config.units.find("default");
    const double weight = named != app.config.units.end()        ? named->second
                          : by_default != app.config.units.end() ? by_default->second
                                                                 : 1.0;
    double made = 0;
    if (video.payload.contains("seconds")) made = video.payload.at("seconds").get<double>();
    return weight * made;
}

std::optional<ApiError> refuse_when_full(App& app) {
    if (app.draining) return unavailable("The server is about to restart. Try again.", 5);
    const auto free = app.blobs->free_bytes();
    if (free.ok() && *free < app.config.low_disk_bytes) {
        return unavailable("The server is low on disk space and takes no new work.", 60);
    }
    const auto depth = app.queue->depth();
    if (!depth.ok()) return database_failed(depth.error());
    if (depth->queued >= app.config.most_waiting) {
        return unavailable("The queue is full. Try again later.", 30);
    }
    return std::nullopt;
}

}  // namespace

std::vector<std::string> model_ids(const App& app) {
    std::vector<std::string> ids = {"world-1"};
    for (const std::string& name : app.models.names()) ids.push_back(name);
    for (const auto& [name, alias] : app.config.aliases) ids.push_back(name);
    return ids;
}

Answer<ModelChoice> take_model(const App& app, Fields& fields) {
    auto asked = fields.text("model", 200);
    if (!asked.ok()) return asked.error();
    ModelChoice choice;
    choice.asked =
        asked->value_or(app.config.aliases.count("sora-2") ? "sora-2" : app.config.default_model);
    choice.model = choice.asked;
    if (const auto alias = app.config.aliases.find(choice.asked);
        alias != app.config.aliases.end()) {
        choice.model = alias->second.model;
        choice.quality = alias->second.quality;
    }
    if (choice.model == "world-1") {
        choice.engine = "world";
        return choice;
    }
    if (app.models.has(choice.model)) {
        choice.engine = "neural";
        return choice;
    }
    return bad_value("model",
                     "The model '" + choice.asked +
                         "' does not exist here. Supported values are: '" +
                         base::join(model_ids(app), "', '") + "'.",
                     "model_not_found");
}

Answer<FilmSize> take_size(const App& app, Fields& fields, const ModelChoice& model) {
    auto text = fields.text("size", 32);
    if (!text.ok()) return text.error();
    const std::string asked = text->value_or("720x1280");
    const auto size = parse_size(asked);
    if (!size) {
        return bad_value("size", "Invalid value: '" + asked +
                                     "'. Expected a size such as '1280x720' or '720x1280'.");
    }
    if (app.config.strict_openai) {
        if (!kOpenAiSizes.count(asked) || (kProSizes.count(asked) && !is_pro(model.asked))) {
            return bad_value("size",
                             "Invalid value: '" + asked +
                                 "'. Supported values are: '720x1280' and '1280x720', and "
                                 "with sora-2-pro '1024x1792', '1792x1024', '1920x1080' and "
                                 "'1080x1920'.");
        }
        return *size;
    }
    if (size->width_px < kLeastSide || size->height_px < kLeastSide) {
        return bad_value("size", "Invalid value: '" + asked + "'. The least side is 16.");
    }
    if (size->width_px % 2 || size->height_px % 2) {
        const FilmSize even{size->width_px + size->width_px % 2,
                            size->height_px + size->height_px % 2};
        return bad_value("size", "Invalid value: '" + asked +
                                     "'. Both sides must be even, such as '" + even.text() + "'.");
    }
    if (int64_t{size->width_px} * size->height_px > app.config.most_pixels ||
        std::max(size->width_px, size->height_px) > 7680) {
        return bad_value("size", "Invalid value: '" + asked +
                                     "'. This server makes pictures of at "
                                     "most " +
                                     std::to_string(app.config.most_pixels) + " pixels.");
    }
    return *size;
}

std::string seconds_text(double seconds) {
    std::string text = std::to_string(seconds);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

Answer<Seconds> take_seconds(const App& app, Fields& fields, double by_default) {
    auto number = fields.number("seconds", 0.04, app.config.most_seconds);
    if (!number.ok()) return number.error();
    const double value = number->value_or(by_default);
    if (app.config.strict_openai && !kOpenAiSeconds.count(value)) {
        return bad_value("seconds", "Invalid value: '" + seconds_text(value) +
                                        "'. Supported values are: '4', '8', '12', '16', and '20'.");
    }
    return Seconds{value, seconds_text(value)};
}

std::optional<ApiError> take_look(Fields& fields, const ModelChoice& model, base::Json& payload) {
    auto quality = fields.choice("quality", {"draft", "standard", "final"});
    if (!quality.ok()) return quality.error();
    auto style = fields.choice("style", {"realistic", "clay", "anime", "noir"});
    if (!style.ok()) return style.error();
    auto seed = fields.integer("seed", 0, int64_t{1} << 53);
    if (!seed.ok()) return seed.error();
    auto fps = fields.number("fps", 1, 120);
    if (!fps.ok()) return fps.error();
    payload["quality"] = quality->value_or(model.quality.empty() ? "standard" : model.quality);
    if (*style) payload["style"] = **style;
    if (*seed) payload["seed"] = **seed;
    if (*fps) payload["fps"] = **fps;
    payload["engine"] = model.engine;
    payload["model"] = model.model;
    return std::nullopt;
}

Answer<std::optional<InputPicture>> take_picture(App& app, Fields& fields, const Caller& caller,
                                                 const FilmSize& size) {
    const std::string name = "input_reference";
    std::optional<InputPicture> picture;
    if (http::FormPart* part = fields.file(name)) {
        const auto header = media::read_image_header(file_start(part->file->path()));
        if (!header) {
            return bad_value(name,
                             "Invalid image for 'input_reference': it is not a JPEG, PNG or WebP "
                             "file.",
                             "invalid_image");
        }
        const std::string hash = part->file->sha256();
        auto blob = app.blobs->put_file(part->file->take(), hash);
        if (!blob.ok()) return storage_failed(blob.error());
        picture = InputPicture{*blob, header->width_px, header->height_px};
    } else if (const auto json = fields.json(name)) {
        if (!json->is_object()) {
            return bad_value(name,
                             std::string("Invalid type for 'input_reference': expected ") +
                                 (fields.is_form() ? "a file" : "an object") +
                                 ", but got a string instead.",
                             "invalid_type");
        }
        const bool url = json->contains("image_url"), file = json->contains("file_id");
        for (const auto& [key, value] : json->items()) {
            if (key != "image_url" && key != "file_id") return unknown_parameter(name + "." + key);
            if (!value.is_string()) {
                return bad_value(name + "." + key,
                                 "Invalid type for '" + name + "." + key + "': expected a string.",
                                 "invalid_type");
            }
        }
        if (url == file) {
            return bad_value(name,
                             "'input_reference' needs exactly one of 'image_url' and 'file_id'.");
        }
        auto found = url ? picture_of_url(app, json->at("image_url").get<std::string>())
                         : picture_of_file(app, caller, json->at("file_id").get<std::string>());
        if (!found.ok()) return found.error();
        picture = *found;
    }
    if (!picture) return picture;
    if (int64_t{picture->width_px} * picture->height_px > kMostPicturePixels) {
        return bad_value(name, "The picture is too large: at most 64 megapixels.", "invalid_image");
    }
    if (app.config.strict_openai &&
        (picture->width_px != size.width_px || picture->height_px != size.height_px)) {
        return ApiError{400, "Inpaint image must match the requested width and height",
                        "invalid_request_error", "", ""};
    }
    return picture;
}

Answer<SourceClip> clip_of_video(App& app, const Caller& caller, const std::string& id) {
    const auto video = app.video(id);
    if (!video.ok()) return database_failed(video.error());
    if (!*video || (*video)->project_id != caller.project_id) return video_not_found(id);
    if ((*video)->status != "completed") {
        return bad_value("video",
                         "Video '" + id + "' is not completed (its status is " + (*video)->status +
                             "); only a completed video can be worked on.",
                         "video_not_completed");
    }
    const auto blob = store::find_ref(*app.db, "video:" + id, "video");
    if (!blob.ok()) return database_failed(blob.error());
    if (!*blob) {
        return bad_value("video", "The content of video '" + id + "' has expired.",
                         "content_expired");
    }
    return SourceClip{**blob, **video};
}

Answer<SourceClip> take_clip(App& app, Fields& fields, const Caller& caller,
                             const std::string& name) {
    if (http::FormPart* part = fields.file(name)) {
        if (part->file->bytes() == 0)
            return bad_value(name, "The uploaded file '" + name + "' is empty.", "invalid_video");
        const std::string hash = part->file->sha256();
        auto blob = app.blobs->put_file(part->file->take(), hash);
        if (!blob.ok()) return storage_failed(blob.error());
        return SourceClip{*blob, {}};
    }
    const auto json = fields.json(name);
    if (!json) return missing_parameter(name);
    std::string id;
    if (json->is_string() && base::starts_with(json->get<std::string>(), "video_")) {
        id = json->get<std::string>();  // what several clients send
    } else if (json->is_object()) {
        for (const auto& [key, value] : json->items()) {
            if (key != "id") return unknown_parameter(name + "." + key);
            if (value.is_string()) id = value.get<std::string>();
        }
    }
    if (id.empty()) {
        return bad_value(
            name, "Invalid type for '" + name + "': expected a file or an object with an 'id'.",
            "invalid_type");
    }
    return clip_of_video(app, caller, id);
}

Answer<base::Json> take_characters(App& app, Fields& fields, const Caller& caller,
                                   const std::string& prompt) {
    base::Json all = base::Json::array();
    const auto json = fields.json("characters");
    if (!json) return all;
    if (!json->is_array()) {
        return bad_value("characters", "Invalid type for 'characters': expected an array.",
                         "invalid_type");
    }
    if (json->size() > 2) {
        return bad_value("characters", "Invalid 'characters': at most 2 per video.",
                         "array_above_max_length");
    }
    for (size_t i = 0; i < json->size(); ++i) {
        const std::string at = "characters[" + std::to_string(i) + "]";
        const base::Json& item = (*json)[i];
        if (!item.is_object() || !item.contains("id") || !item.at("id").is_string() ||
            item.size() != 1) {
            return bad_value(at, "Invalid value for '" + at + "': expected {\"id\": \"char_...\"}.",
                             "invalid_type");
        }
        const std::string id = item.at("id").get<std::string>();
        const auto found = find_character(*app.db, id);
        if (!found.ok()) return database_failed(found.error());
        if (!*found || (*found)->project_id != caller.project_id) {
            ApiError missing = not_found("Character", id);
            missing.status = 400;
            missing.param = at + ".id";
            return missing;
        }
        if ((*found)->status != "ready") {
            return bad_value(at + ".id",
                             "Character '" + id + "' is not ready (" + (*found)->status + ").",
                             "character_not_ready");
        }
        if (prompt.find((*found)->name) == std::string::npos) {
            return bad_value(at,
                             "The name of character '" + id + "', \"" + (*found)->name +
                                 "\", must appear in the prompt.",
                             "character_not_in_prompt");
        }
        base::Json traits = base::Json::object();
        if (auto parsed = base::parse_json((*found)->traits, "traits"); parsed.ok())
            traits = *parsed;
        all.push_back({{"id", id}, {"name", (*found)->name}, {"traits", std::move(traits)}});
    }
    return all;
}

namespace {

// shots: [{seconds, prompt}], JSON or the text of it in a form.
Answer<base::Json> take_storyboard(const App& app, Fields& fields, double& total) {
    auto json = fields.json("shots");
    base::Json shots = base::Json::array();
    if (!json) return shots;
    if (json->is_string()) {
        auto parsed = base::parse_json(json->get<std::string>(), "shots");
        if (!parsed.ok()) return bad_value("shots", parsed.error().text(), "invalid_json");
        json = *parsed;
    }
    if (!json->is_array() || json->empty() || json->size() > 40) {
        return bad_value("shots",
                         "Invalid 'shots': expected an array of 1 to 40 objects with "
                         "'prompt' and 'seconds'.");
    }
    total = 0;
    size_t bytes = 0;
    for (size_t i = 0; i < json->size(); ++i) {
        const std::string at = "shots[" + std::to_string(i) + "]";
        const base::Json& shot = (*json)[i];
        if (!shot.is_object()) return bad_value(at, "Expected an object.", "invalid_type");
        for (const auto& [key, value] : shot.items()) {
            if (key != "prompt" && key != "seconds") return unknown_parameter(at + "." + key);
        }
        if (!shot.contains("prompt") || !shot.at("prompt").is_string() ||
            base::trim(shot.at("prompt").get<std::string>()).empty()) {
            return bad_value(at + ".prompt", "Every shot needs a prompt.", "invalid_type");
        }
        const std::string& prompt = shot.at("prompt").get_ref<const std::string&>();
        bytes += prompt.size();
        if (prompt.find('\0') != std::string::npos || bytes > kMostPrompt) {
            return bad_value(at + ".prompt", "The prompts of all shots hold at most " +
                                                 std::to_string(kMostPrompt) +
                                                 " bytes together, none of them NUL.");
        }
        double seconds = 4;
        if (shot.contains("seconds")) {
            const base::Json& value = shot.at("seconds");
            if (value.is_number()) seconds = value.get<double>();
            else if (value.is_string()) seconds = std::atof(value.get<std::string>().c_str());
            else seconds = 0;
        }
        if (!(seconds >= 0.04 && seconds <= app.config.most_seconds)) {
            return bad_value(at + ".seconds", "Expected a number of seconds from 0.04 to " +
                                                  seconds_text(app.config.most_seconds) + ".");
        }
        total += seconds;
        shots.push_back({{"seconds", seconds}, {"prompt", shot.at("prompt")}});
    }
    if (total > app.config.most_seconds) {
        return bad_value("shots", "The shots are longer than " +
                                      seconds_text(app.config.most_seconds) + " s together.");
    }
    return shots;
}

}  // namespace

Answer<std::vector<NewVideo>> read_create(App& app, Fields& fields, const Caller& caller) {
    auto prompt = fields.text("prompt", kMostPrompt);
    if (!prompt.ok()) return prompt.error();
    double storyboard_seconds = 0;
    auto shots = take_storyboard(app, fields, storyboard_seconds);
    if (!shots.ok()) return shots.error();
    if (!*prompt && shots->empty()) return missing_parameter("prompt");
    if (*prompt && base::trim(**prompt).empty()) {
        return bad_value("prompt", "Invalid 'prompt': it holds only spaces.",
                         "string_below_min_length");
    }
    std::string words = prompt->value_or("");
    if (words.empty()) {
        for (const base::Json& shot : *shots) {
            if (!words.empty()) words += ' ';
            words += shot.at("prompt").get<std::string>();
        }
    }
    auto model = take_model(app, fields);
    if (!model.ok()) return model.error();
    auto size = take_size(app, fields, *model);
    if (!size.ok()) return size.error();
    const bool seconds_given = fields.has("seconds");
    auto seconds = take_seconds(app, fields, shots->empty() ? 4 : storyboard_seconds);
    if (!seconds.ok()) return seconds.error();
    if (!shots->empty() && seconds_given && std::abs(seconds->value - storyboard_seconds) > 1e-6) {
        return bad_value("seconds", "The shots are " + seconds_text(storyboard_seconds) +
                                        " s long together; leave 'seconds' out or make it that.");
    }
    auto variations = fields.integer("variations", 1, 4);
    if (!variations.ok()) return variations.error();
    auto picture = take_picture(app, fields, caller, *size);
    if (!picture.ok()) return picture.error();
    auto characters = take_characters(app, fields, caller, words);
    if (!characters.ok()) return characters.error();

    NewVideo video;
    video.task = "create";
    video.model = model->asked;
    video.prompt = words;
    video.size = size->text();
    video.seconds = seconds->text;
    video.engine = model->engine;
    video.engine_model = model->model;
    video.pixels = int64_t{size->width_px} * size->height_px;
    video.payload = {{"schema", "aozora-job/1"}, {"task", "create"}, {"prompt", words}};
    if (!shots->empty()) video.payload["storyboard"] = *shots;
    video.payload["width_px"] = size->width_px;
    video.payload["height_px"] = size->height_px;
    video.payload["seconds"] = seconds->value;
    if (auto error = take_look(fields, *model, video.payload)) return *error;
    if (auto error = take_neural(fields, *model, video.payload)) return *error;
    const base::Json led = video.payload.value("control", base::Json::array());
    if (*picture && std::find(led.begin(), led.end(), "first-frame") != led.end()) {
        return bad_value("control",
                         "A film begins with one picture: leave out 'first-frame' or "
                         "'input_reference'.");
    }
    if (!characters->empty()) video.payload["characters"] = *characters;
    if (*picture) {
        video.payload["image"] = "image";
        video.inputs.push_back({"image", (*picture)->blob});
    }
    std::vector<NewVideo> videos;
    const int64_t seed = video.payload.value("seed", int64_t{1});
    for (int64_t i = 0; i < variations->value_or(1); ++i) {
        if (variations->value_or(1) > 1) video.payload["seed"] = seed + i;
        videos.push_back(video);
    }
    return videos;
}

std::optional<ApiError> read_idempotency(const http::Request& request, Submission& submission) {
    const std::string* key = request.header("Idempotency-Key");
    if (!key) return std::nullopt;
    if (key->empty() || key->size() > 255 || !base::is_valid_utf8(*key)) {
        return bad_value("Idempotency-Key", "The Idempotency-Key must have 1 to 255 characters.");
    }
    submission.idempotency_key = *key;
    std::string asked = request.method + " " + request.path + "\n" + request.body;
    for (const http::FormPart& part : request.form) {
        asked += "\n" + part.name + "=" + part.value;
        if (part.file) asked += part.file->sha256();
    }
    submission.request_hash = sha256_hex(asked);
    return std::nullopt;
}

namespace {

// What a transaction decided beyond storing: kept outside so that a retry starts afresh.
struct Outcome {
    std::vector<std::string> ids;
    std::optional<ApiError> refused;
    bool repeated = false;
};

base::Status store_all(App& app, const Caller& caller, const Submission& submission,
                       const std::optional<studio::Refusal>& refusal, store::Tx& tx,
                       Outcome& outcome) {
    outcome = {};
    if (!submission.idempotency_key.empty()) {
        const store::Rows known = TRY(tx.query(
            "SELECT request_hash, response FROM idempotency WHERE project_id = ? AND key = ?",
            {caller.project_id, submission.idempotency_key}));
        if (!known.empty()) {
            if (known[0][0].text() != submission.request_hash) {
                outcome.refused = ApiError{
                    422,
                    "This Idempotency-Key was used for a different request. Use a new key for each "
                    "new request.",
                    "invalid_request_error", "Idempotency-Key", "idempotency_key_reused"};
                return {};
            }
            outcome.ids = base::split(known[0][1].text(), ',');
            outcome.repeated = true;
            return {};
        }
    }
    const auto count = static_cast<int64_t>(submission.videos.size());
    if (!refusal) {
        double units = 0;
        for (const NewVideo& video : submission.videos) units += units_of(app, video);
        // Locks the key's row, so the checks that follow hold until the commit.
        const auto spent = TRY(spend(tx, caller.key_id, static_cast<int64_t>(std::ceil(units)),
                                     caller.limits.units_per_day));
        if (!spent) {
            outcome.refused = too_many(
                "This key has used up its quota: " + std::to_string(*caller.limits.units_per_day) +
                    " units in 24 hours.",
                "insufficient_quota", 3600);
            return {};
        }
        if (caller.limits.concurrent_jobs) {
            const store::Rows running =
                TRY(tx.query("SELECT COUNT(*) FROM videos WHERE key_id = ? AND status = 'queued'",
                             {caller.key_id}));
            if (running[0][0].integer() + count > *caller.limits.concurrent_jobs) {
                outcome.refused = too_many("Too many running tasks: this key may have " +
                                               std::to_string(*caller.limits.concurrent_jobs) +
                                               " videos queued or in progress at once.",
                                           "too_many_running_tasks", 5);
                return {};
            }
        }
    }
    for (NewVideo video : submission.videos) {
        video.id = new_id("video_");
        video.project_id = caller.project_id;
        video.key_id = caller.key_id;
        video.priority = caller.priority;
        if (refusal) {
            TRY(create_blocked_video(tx, *app.queue, video,
                                     {"moderation_blocked", refusal->message}));
        } else {
            TRY(create_video(tx, *app.queue, video));
        }
        outcome.ids.push_back(video.id);
    }
    if (!submission.idempotency_key.empty()) {
        TRY(tx.execute(
            "INSERT INTO idempotency(project_id, key, request_hash, response, created_ms) "
            "VALUES (?, ?, ?, ?, {now})",
            {caller.project_id, submission.idempotency_key, submission.request_hash,
             base::join(outcome.ids, ",")}));
    }
    return {};
}

}  // namespace

Answer<std::vector<std::string>> submit(App& app, const Caller& caller, Submission submission) {
    if (auto error = refuse_when_full(app)) return *error;
    std::optional<studio::Refusal> refusal;
    for (const NewVideo& video : submission.videos) {
        if (!refusal) refusal = app.guard->check_prompt(video.prompt);
        if (video.payload.contains("storyboard")) {
            for (const base::Json& shot : video.payload.at("storyboard")) {
                if (!refusal)
                    refusal = app.guard->check_prompt(shot.at("prompt").get<std::string>());
            }
        }
        for (const NamedBlob& input : video.inputs) {
            if (!refusal) refusal = app.guard->check_input(input.blob.sha256);
        }
    }
    Outcome outcome;
    base::Status stored;
    // Two equal keys at once: the loser's INSERT fails; its second try finds the winner's answer.
    for (int attempt = 0; attempt < 2; ++attempt) {
        stored = app.db->transaction([&](store::Tx& tx) {
            return store_all(app, caller, submission, refusal, tx, outcome);
        });
        if (stored.ok() || submission.idempotency_key.empty()) break;
    }
    if (!stored.ok()) return database_failed(stored.error());
    if (outcome.refused) {
        if (outcome.refused->status == 429) ++app.metrics.rate_limited;
        return *outcome.refused;
    }
    if (!outcome.repeated) {
        app.metrics.videos_created += static_cast<int64_t>(outcome.ids.size());
        if (refusal) {
            app.metrics.videos_blocked += static_cast<int64_t>(outcome.ids.size());
            log_event(base::LogLevel::Info, "video_blocked",
                      {{"video", outcome.ids[0]}, {"category", refusal->category}});
        } else {
            for (const std::string& id : outcome.ids) {
                log_event(base::LogLevel::Info, "video_created",
                          {{"video", id},
                           {"project", caller.project_id},
                           {"key", caller.key_id},
                           {"task", submission.videos[0].task},
                           {"prompt", app.config.log_prompts ? submission.videos[0].prompt : "-"}});
            }
            app.wake_workers();
        }
    }
    return outcome.ids;
}

http::Response answer_videos(App& app, const std::vector<std::string>& ids) {
    auto video = app.cached_video(ids[0]);
    if (!video.ok()) return to_response(video.error());
    http::Response response;
    response.with("Content-Type", "application/json");
    response.body = (*video)->json;
    if ((*video)->poll_after_ms > 0)
        response.with("openai-poll-after-ms", std::to_string((*video)->poll_after_ms));
    if (ids.size() > 1) response.with("x-aozora-variations", base::join(ids, ","));
    return response;
}

}  // namespace server
