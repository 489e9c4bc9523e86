// POST /v1/videos: a fresh film from words, or from a storyboard.
#include <algorithm>
#include <cmath>

#include "apps/server/routes/pictures.h"
#include "apps/server/routes/submit.h"
#include "base/text/text.h"

namespace server {
namespace {

constexpr size_t kMostPrompt = 32'000;
constexpr double kMostJobSeconds = 3600;  // of a payload (studio/worker/job.cc)

// The picture that the film begins with.
Answer<std::optional<InputPicture>> take_first_picture(App& app, Fields& fields,
                                                       const Caller& caller, const FilmSize& size) {
    const std::string name = "input_reference";
    InputPictures pictures(app, fields, caller);
    std::optional<InputPicture> picture;
    if (http::FormPart* part = fields.file(name)) {
        auto given = pictures.of_part(*part, name);
        if (!given.ok()) return given.error();
        picture = *given;
    } else if (const auto json = fields.json(name)) {
        if (!json->is_object()) {
            return bad_value(name,
                             std::string("Invalid type for 'input_reference': expected ") +
                                 (fields.is_form() ? "a file" : "an object") +
                                 ", but got a string instead.",
                             "invalid_type");
        }
        for (const auto& [key, value] : json->items()) {
            if (key != "image_url" && key != "file_id") return unknown_parameter(name + "." + key);
        }
        auto given = pictures.of_object(*json, name);
        if (!given.ok()) return given.error();
        picture = *given;
    }
    if (picture && app.config.strict_openai &&
        (picture->width_px != size.width_px || picture->height_px != size.height_px)) {
        return ApiError{400, "Inpaint image must match the requested width and height",
                        "invalid_request_error", "", ""};
    }
    return picture;
}

// shots: [{seconds, prompt}], JSON or the text of it in a form.
// Where the model is to choose the lengths (`own`), no shot may say its own.
Answer<base::Json> take_storyboard(const App& app, Fields& fields, bool own, double& total) {
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
        if (own && shot.contains("seconds")) {
            return bad_value(
                at + ".seconds",
                "With 'seconds' \"auto\" every shot lasts as long as the model thinks; "
                "leave the lengths of the shots out.");
        }
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
    const bool own = asks_own_length(app, fields);
    double storyboard_seconds = 0;
    auto shots = take_storyboard(app, fields, own, storyboard_seconds);
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
    const double most_own = kMostOwn_s * static_cast<double>(std::max<size_t>(1, shots->size()));
    auto seconds = own ? own_length(*model, std::min(most_own, app.config.most_seconds))
                       : take_seconds(app, fields, shots->empty() ? 4 : storyboard_seconds);
    if (!seconds.ok()) return seconds.error();
    if (!own && !shots->empty() && seconds_given &&
        std::abs(seconds->value - storyboard_seconds) > 1e-6) {
        return bad_value("seconds", "The shots are " + seconds_text(storyboard_seconds) +
                                        " s long together; leave 'seconds' out or make it that.");
    }
    auto variations = fields.integer("variations", 1, 4);
    if (!variations.ok()) return variations.error();
    auto picture = take_first_picture(app, fields, caller, *size);
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
    if (own) video.payload["own_length"] = true;
    video.payload["most_seconds"] = std::min(app.config.most_seconds, kMostJobSeconds);
    if (!characters->empty()) video.payload["characters"] = *characters;
    if (*picture) {
        video.payload["image"] = "image";
        video.inputs.push_back({"image", (*picture)->blob});
    }
    if (auto error = take_look(fields, *model, video.payload)) return *error;
    if (auto error = take_neural(app, fields, caller, *model, seconds->value, video)) return *error;
    std::vector<NewVideo> videos;
    const int64_t seed = video.payload.value("seed", int64_t{1});
    for (int64_t i = 0; i < variations->value_or(1); ++i) {
        if (variations->value_or(1) > 1) video.payload["seed"] = seed + i;
        videos.push_back(video);
    }
    return videos;
}

}  // namespace server
