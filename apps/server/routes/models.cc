#include "apps/server/routes/routes.h"
#include "apps/server/routes/submit.h"

namespace server {
namespace {

// When world-1 first came out; OpenAI's field, and clients sort by it.
constexpr int64_t kWorldCreated = 1'795'824'000;  // 2026-11-28

base::Json neural_json(const App& app, const std::string& id) {
    return {{"id", id},
            {"object", "model"},
            {"created", kWorldCreated},
            {"owned_by", "aozora"},
            {"aozora",
             {{"engine", "neural"},
              {"resolves_to", id},
              {"input_modalities", {"text", "image"}},
              {"output_modalities", {"video", "audio"}},
              {"sizes", app.config.strict_openai ? "openai" : "any even size"},
              {"most_pixels", app.config.most_pixels},
              {"most_seconds", app.config.most_seconds}}}};
}

// OpenAI's four keys, and under "aozora" what the model really is and can do here.
base::Json model_json(const App& app, const std::string& id) {
    if (app.models.has(id)) return neural_json(app, id);
    base::Json about = {
        {"engine", "world"},
        {"resolves_to", "world-1"},
        {"quality", "standard"},
        {"input_modalities", {"text", "image", "video"}},
        {"output_modalities", {"video", "audio"}},
        {"sizes", app.config.strict_openai ? "openai" : "any even size"},
        {"recommended_sizes",
         {"720x1280", "1280x720", "1024x1792", "1792x1024", "1080x1920", "1920x1080"}},
        {"most_pixels", app.config.most_pixels},
        {"most_seconds", app.config.most_seconds},
        {"qualities", {"draft", "standard", "final"}},
        {"styles", {"realistic", "clay", "anime", "noir"}}};
    if (const auto alias = app.config.aliases.find(id); alias != app.config.aliases.end()) {
        about["resolves_to"] = alias->second.model;
        about["quality"] = alias->second.quality;
        about["alias"] = true;
    }
    return {{"id", id},
            {"object", "model"},
            {"created", kWorldCreated},
            {"owned_by", "aozora"},
            {"aozora", std::move(about)}};
}

http::Response list(App& app, http::Request&, const Caller&) {
    base::Json data = base::Json::array();
    for (const std::string& id : model_ids(app)) data.push_back(model_json(app, id));
    return http::json_text(200, base::Json({{"object", "list"}, {"data", std::move(data)}}).dump());
}

http::Response retrieve(App& app, http::Request& request, const Caller&) {
    const std::string wanted(request.param("model"));
    for (const std::string& id : model_ids(app)) {
        if (id == wanted) return http::json_text(200, model_json(app, id).dump());
    }
    return to_response({404, "The model '" + wanted + "' does not exist here.",
                        "invalid_request_error", "model", "model_not_found"});
}

}  // namespace

void add_model_routes(http::Router& router, App& app) {
    router.add(secured(app, "GET", "/v1/models", "", list));
    router.add(secured(app, "GET", "/v1/models/{model}", "", retrieve));
}

}  // namespace server
