// New films from finished ones.
#include <algorithm>
#include <cmath>

#include "apps/server/core/fields.h"
#include "apps/server/routes/routes.h"
#include "apps/server/routes/submit.h"
#include "base/text/text.h"

namespace server {
namespace {

constexpr size_t kMostPrompt = 32'000;

Answer<std::string> need_prompt(Fields& fields) {
    auto prompt = fields.text("prompt", kMostPrompt);
    if (!prompt.ok()) return prompt.error();
    if (!*prompt) return missing_parameter("prompt");
    if (base::trim(**prompt).empty()) {
        return bad_value("prompt", "Invalid 'prompt': it holds only spaces.",
                         "string_below_min_length");
    }
    return **prompt;
}

// What a derived film takes over from its source.
NewVideo begin(const char* task, const SourceClip& source, const ModelChoice& model) {
    NewVideo video;
    video.task = task;
    video.model = model.asked;
    video.engine = model.engine;
    video.engine_model = model.model;
    video.payload = {{"schema", "aozora-job/1"}, {"task", task}, {"source", "source"}};
    video.inputs.push_back({"source", source.blob});
    if (source.video) {
        video.size = source.video->size;
        video.seconds = source.video->seconds;
        video.remixed_from = source.video->id;
    } else {
        video.size = "auto";  // the worker reads the clip; the size is set when the film is done
        video.seconds = "auto";
    }
    return video;
}

Answer<ModelChoice> model_for(App& app, Fields& fields, const SourceClip& source) {
    if (fields.has("model") || !source.video) return take_model(app, fields);
    // Not given: as the source was made.
    const auto alias = app.config.aliases.find(source.video->model);
    ModelChoice choice{source.video->model, source.video->model, "world", ""};
    if (alias != app.config.aliases.end()) {
        choice.model = alias->second.model;
        choice.quality = alias->second.quality;
    }
    if (choice.model != "world-1" && app.models.has(choice.model)) choice.engine = "neural";
    return choice;
}

double seconds_of(const SourceClip& source) {
    return source.video ? std::atof(source.video->seconds.c_str()) : 0;
}

http::Response finish(App& app, const http::Request& request, const Caller& caller, Fields& fields,
                      NewVideo video) {
    if (const auto unknown = fields.unknown()) return to_response(*unknown);
    Submission submission;
    if (auto error = read_idempotency(request, submission)) return to_response(*error);
    submission.videos.push_back(std::move(video));
    GET_OR_ANSWER(ids, submit(app, caller, std::move(submission)));
    return answer_videos(app, ids);
}

http::Response edit_clip(App& app, const http::Request& request, const Caller& caller,
                         Fields& fields, const SourceClip& clip, const char* task) {
    GET_OR_ANSWER(prompt, need_prompt(fields));
    GET_OR_ANSWER(model, model_for(app, fields, clip));
    NewVideo video = begin(task, clip, model);
    video.prompt = prompt;
    video.payload["prompt"] = prompt;
    if (auto error = take_look(fields, model, video.payload)) return to_response(*error);
    if (auto error = take_neural(app, fields, caller, model, seconds_of(clip), video))
        return to_response(*error);
    video.payload["seconds"] = seconds_of(clip);
    return finish(app, request, caller, fields, std::move(video));
}

http::Response remix(App& app, http::Request& request, const Caller& caller) {
    GET_OR_ANSWER(fields, Fields::read(request));
    GET_OR_ANSWER(clip, clip_of_video(app, caller, std::string(request.param("video_id"))));
    return edit_clip(app, request, caller, fields, clip, "remix");
}

http::Response edit(App& app, http::Request& request, const Caller& caller) {
    GET_OR_ANSWER(fields, Fields::read(request));
    GET_OR_ANSWER(clip, take_clip(app, fields, caller, "video"));
    return edit_clip(app, request, caller, fields, clip, "edit");
}

http::Response extend(App& app, http::Request& request, const Caller& caller) {
    GET_OR_ANSWER(fields, Fields::read(request));
    GET_OR_ANSWER(clip, take_clip(app, fields, caller, "video"));
    GET_OR_ANSWER(prompt, need_prompt(fields));
    if (!fields.has("seconds")) return to_response(missing_parameter("seconds"));
    GET_OR_ANSWER(model, model_for(app, fields, clip));
    const bool own = asks_own_length(app, fields);
    const double room = app.config.most_extended_seconds - seconds_of(clip);
    GET_OR_ANSWER(seconds, own ? own_length(model, std::clamp(room, kLeastOwn_s, kMostOwn_s))
                               : take_seconds(app, fields, 4));
    const double total = seconds_of(clip) + seconds.value;
    if (total > app.config.most_extended_seconds + 1e-9) {
        return to_response(bad_value(
            "seconds", "The extended video would be " + seconds_text(total) + " s long; at most " +
                           seconds_text(app.config.most_extended_seconds) + " s are allowed."));
    }
    NewVideo video = begin("extend", clip, model);
    video.prompt = prompt;
    if (clip.video) video.seconds = own ? seconds.text : seconds_text(total);
    video.payload["prompt"] = prompt;
    if (auto error = take_look(fields, model, video.payload)) return to_response(*error);
    if (auto error = take_neural(app, fields, caller, model, clip.video ? total : 0, video))
        return to_response(*error);
    video.payload["seconds"] = seconds.value;
    if (own) video.payload["own_length"] = true;
    video.payload["most_seconds"] = app.config.most_extended_seconds;
    return finish(app, request, caller, fields, std::move(video));
}

http::Response loop(App& app, http::Request& request, const Caller& caller) {
    GET_OR_ANSWER(fields, Fields::read(request));
    GET_OR_ANSWER(clip, clip_of_video(app, caller, std::string(request.param("video_id"))));
    GET_OR_ANSWER(model, model_for(app, fields, clip));
    GET_OR_ANSWER(strength, fields.number("strength", 0, 1));
    GET_OR_ANSWER(start, fields.number("start", 0, seconds_of(clip)));
    GET_OR_ANSWER(end, fields.number("end", 0, seconds_of(clip)));
    NewVideo video = begin("loop", clip, model);
    video.prompt = clip.video->prompt;
    video.seconds = "auto";
    video.payload["strength"] = strength.value_or(0.5);
    video.payload["start_s"] = start.value_or(0);
    video.payload["end_s"] = end.value_or(seconds_of(clip));
    if (start && end && *end <= *start) {
        return to_response(bad_value("end", "'end' must be after 'start'."));
    }
    video.payload["seconds"] = seconds_of(clip);
    if (auto error = take_look(fields, model, video.payload)) return to_response(*error);
    return finish(app, request, caller, fields, std::move(video));
}

http::Response blend(App& app, http::Request& request, const Caller& caller) {
    GET_OR_ANSWER(fields, Fields::read(request));
    GET_OR_ANSWER(clip, clip_of_video(app, caller, std::string(request.param("video_id"))));
    GET_OR_ANSWER(other, take_clip(app, fields, caller, "video"));
    GET_OR_ANSWER(model, model_for(app, fields, clip));
    GET_OR_ANSWER(strength, fields.number("strength", 0, 1));
    GET_OR_ANSWER(seconds, take_seconds(app, fields, seconds_of(clip)));
    NewVideo video = begin("blend", clip, model);
    video.prompt = clip.video->prompt;
    video.seconds = seconds.text;
    video.inputs.push_back({"source_b", other.blob});
    video.payload["source_b"] = "source_b";
    video.payload["strength"] = strength.value_or(0.5);
    video.payload["seconds"] = seconds.value;
    if (auto error = take_look(fields, model, video.payload)) return to_response(*error);
    return finish(app, request, caller, fields, std::move(video));
}

http::Response recut(App& app, http::Request& request, const Caller& caller) {
    GET_OR_ANSWER(fields, Fields::read(request));
    GET_OR_ANSWER(clip, clip_of_video(app, caller, std::string(request.param("video_id"))));
    GET_OR_ANSWER(model, model_for(app, fields, clip));
    const double length = seconds_of(clip);
    GET_OR_ANSWER(start, fields.number("start", 0, length));
    GET_OR_ANSWER(end, fields.number("end", 0, length));
    GET_OR_ANSWER(prompt, fields.text("prompt", kMostPrompt));
    if (fields.has("seconds") && !prompt) return to_response(missing_parameter("prompt"));
    GET_OR_ANSWER(seconds, take_seconds(app, fields, prompt ? 4 : 0.04));
    const double from = start.value_or(0), to = end.value_or(length);
    if (to <= from) return to_response(bad_value("end", "'end' must be after 'start'."));
    NewVideo video = begin("recut", clip, model);
    video.prompt = prompt.value_or(clip.video->prompt);
    const double total = to - from + (prompt ? seconds.value : 0);
    if (total > app.config.most_extended_seconds + 1e-9) {
        return to_response(bad_value(
            "seconds", "The re-cut video would be " + seconds_text(total) + " s long; at most " +
                           seconds_text(app.config.most_extended_seconds) + " s are allowed."));
    }
    video.seconds = seconds_text(total);
    video.payload["prompt"] = prompt.value_or("");
    video.payload["start_s"] = from;
    video.payload["end_s"] = to;
    video.payload["seconds"] = prompt ? seconds.value : 0;
    video.payload["most_seconds"] = app.config.most_extended_seconds;
    if (auto error = take_look(fields, model, video.payload)) return to_response(*error);
    if (auto error = take_neural(app, fields, caller, model, total, video))
        return to_response(*error);
    return finish(app, request, caller, fields, std::move(video));
}

}  // namespace

void add_derive_routes(http::Router& router, App& app) {
    // Keyframes may come as data URLs.
    const RouteOptions upload = {app.config.most_upload_bytes, 24 << 20, 32 << 20};
    router.add(secured(app, "POST", "/v1/videos/{video_id}/remix", "videos:write", remix, upload));
    router.add(secured(app, "POST", "/v1/videos/edits", "videos:write", edit, upload));
    router.add(secured(app, "POST", "/v1/videos/extensions", "videos:write", extend, upload));
    router.add(secured(app, "POST", "/v1/videos/{video_id}/loop", "videos:write", loop));
    router.add(secured(app, "POST", "/v1/videos/{video_id}/blend", "videos:write", blend, upload));
    router.add(secured(app, "POST", "/v1/videos/{video_id}/recut", "videos:write", recut, upload));
}

}  // namespace server
