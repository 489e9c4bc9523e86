#include "apps/server/routes/submit.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "apps/server/archive/characters.h"
#include "apps/server/routes/pictures.h"
#include "base/text/text.h"

namespace server {
namespace {

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

bool asks_own_length(const App& app, Fields& fields) {
    const auto seconds = fields.json("seconds");
    return seconds && *seconds == "auto" && !app.config.strict_openai;
}

Answer<Seconds> own_length(const ModelChoice& model, double most_seconds) {
    if (model.engine != "neural") {
        return bad_value("seconds", "'seconds' \"auto\" is for models of the neural engine; '" +
                                        model.asked + "' is none.");
    }
    return Seconds{most_seconds, "auto"};
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

}  // namespace server
