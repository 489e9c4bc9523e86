#include "apps/server/routes/neural_inputs.h"

#include <charconv>
#include <cmath>
#include <set>
#include <vector>

#include "apps/server/routes/pictures.h"
#include "apps/server/routes/submit.h"

namespace server {
namespace {

constexpr size_t kMostKeyframes = 16;

// A number, or a string that holds nothing else; NaN for anything else.
double number_of(const base::Json& value) {
    if (value.is_number()) return value.get<double>();
    if (!value.is_string()) return NAN;
    const auto& text = value.get_ref<const std::string&>();
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? number : NAN;
}

std::optional<ApiError> check_members(const base::Json& object, const std::string& at,
                                      const std::set<std::string>& names) {
    if (!object.is_object()) {
        return bad_value(at, "Invalid type for '" + at + "': expected an object.", "invalid_type");
    }
    for (const auto& [key, value] : object.items()) {
        if (!names.count(key)) return unknown_parameter(at + "." + key);
    }
    return std::nullopt;
}

// Where one keyframe lies. `taken`: the times of those before it.
Answer<double> time_of(const base::Json& keyframe, const std::string& at, double most_seconds,
                       double film_seconds, std::set<double>& taken) {
    if (!keyframe.contains("seconds")) return missing_parameter(at + ".seconds");
    const double seconds = number_of(keyframe.at("seconds"));
    if (!(seconds >= 0 && seconds <= most_seconds)) {
        return bad_value(at + ".seconds",
                         "Expected a number of seconds, 0 or more, within the film.");
    }
    if (film_seconds > 0 && seconds >= film_seconds) {
        return bad_value(at + ".seconds", "A keyframe at " + seconds_text(seconds) +
                                              " s lies outside the film of " +
                                              seconds_text(film_seconds) + " s.");
    }
    if (!taken.insert(seconds).second) {
        return bad_value(at + ".seconds",
                         "There are two pictures for " + seconds_text(seconds) + " s.");
    }
    return seconds;
}

Answer<store::Blob> clip_of_id(App& app, const Caller& caller, const base::Json& id,
                               const std::string& at) {
    if (!id.is_string())
        return bad_value(at, "Invalid type for '" + at + "': expected a string.", "invalid_type");
    auto clip = clip_of_video(app, caller, id.get<std::string>());
    if (clip.ok()) return clip->blob;
    ApiError error = clip.error();
    if (error.status == 404) error.status = 400;
    if (error.status == 400) error.param = at;
    return error;
}

// What the one member of `object` names.
Answer<store::Blob> blob_of(App& app, Fields& fields, const Caller& caller,
                            const base::Json& object, const std::string& at) {
    if (object.contains("id")) return clip_of_id(app, caller, object.at("id"), at + ".id");
    InputPictures pictures(app, fields, caller);
    if (auto error = pictures.check_object(object, at)) return *error;
    if (object.contains("file_id"))
        return file_blob(app, caller, object.at("file_id"), at + ".file_id");
    auto picture = pictures.of_object(object, at);
    if (!picture.ok()) return picture.error();
    return picture->blob;
}

// A file part, or an object with exactly one of `members`, as the input and the payload's member
// `name`.
std::optional<ApiError> take_input(App& app, Fields& fields, const Caller& caller,
                                   const std::string& name, const std::set<std::string>& members,
                                   const std::string& in_words, NewVideo& video) {
    std::optional<store::Blob> blob;
    if (fields.file(name)) {
        auto clip = take_clip(app, fields, caller, name);
        if (!clip.ok()) return clip.error();
        blob = clip->blob;
    } else if (const auto json = fields.json(name)) {
        if (auto error = check_members(*json, name, members)) return error;
        if (json->size() != 1) {
            return bad_value(name, "'" + name + "' needs exactly one of " + in_words +
                                       (fields.is_form() ? ", or is a file." : "."));
        }
        const auto found = blob_of(app, fields, caller, *json, name);
        if (!found.ok()) return found.error();
        blob = *found;
    }
    if (!blob) return std::nullopt;
    video.inputs.push_back({name, *blob});
    video.payload[name] = name;
    return std::nullopt;
}

}  // namespace

std::optional<ApiError> take_keyframes(App& app, Fields& fields, const Caller& caller,
                                       double film_seconds, NewVideo& video) {
    const std::string name = "keyframes";
    auto list = fields.list(name, kMostKeyframes);
    if (!list.ok()) return list.error();
    if (!*list) return std::nullopt;
    const auto at = [&](size_t i) { return name + "[" + std::to_string(i) + "]"; };
    InputPictures pictures(app, fields, caller);
    std::set<double> taken;
    if (video.payload.contains("image")) taken.insert(0);
    struct Key {
        double seconds, strength;
    };
    std::vector<Key> keys;
    for (size_t i = 0; i < (*list)->size(); ++i) {
        const base::Json& keyframe = (**list)[i];
        if (auto error = check_members(keyframe, at(i),
                                       {"seconds", "strength", "image_url", "file_id", "image"}))
            return error;
        const auto seconds = time_of(keyframe, at(i), app.config.most_seconds, film_seconds, taken);
        if (!seconds.ok()) return seconds.error();
        const double strength =
            keyframe.contains("strength") ? number_of(keyframe.at("strength")) : 1;
        if (!(strength >= 0.001 && strength <= 1)) {
            return bad_value(at(i) + ".strength",
                             "Expected a number from 0.001 to 1: how exactly it is shown.");
        }
        if (auto error = pictures.check_object(keyframe, at(i))) return error;
        keys.push_back({*seconds, strength});
    }
    base::Json keyframes = base::Json::array();
    for (size_t i = 0; i < keys.size(); ++i) {
        auto picture = pictures.of_object((**list)[i], at(i));
        if (!picture.ok()) return picture.error();
        const std::string input = "keyframe_" + std::to_string(i);
        video.inputs.push_back({input, picture->blob});
        keyframes.push_back({{"seconds", keys[i].seconds}, {"image", input}});
        if (keys[i].strength != 1) keyframes.back()["strength"] = keys[i].strength;
    }
    video.payload[name] = std::move(keyframes);
    return std::nullopt;
}

std::optional<ApiError> take_reference(App& app, Fields& fields, const Caller& caller,
                                       NewVideo& video) {
    return take_input(app, fields, caller, "reference", {"id", "file_id", "image_url"},
                      "'id', 'file_id' and 'image_url'", video);
}

std::optional<ApiError> take_sound(App& app, Fields& fields, const Caller& caller,
                                   NewVideo& video) {
    return take_input(app, fields, caller, "sound", {"id", "file_id"}, "'id' and 'file_id'", video);
}

}  // namespace server
