#include "apps/server/archive/characters.h"

#include <mutex>
#include <unordered_map>

#include "apps/server/core/fields.h"
#include "apps/server/routes/paging.h"
#include "apps/server/routes/routes.h"
#include "apps/server/routes/submit.h"
#include "base/text/text.h"

namespace server {
namespace {

constexpr double kWaitS = 120;

http::Response answer_of(const CharacterRow& character) {
    if (character.status == "failed") {
        return to_response(bad_value(
            "video", character.error.empty() ? "The clip could not be read." : character.error,
            "invalid_video"));
    }
    return http::json_text(200, character_json(character).dump());
}

// Requests that wait until a worker has looked at their clip.
class Waits {
public:
    explicit Waits(App& app) : app_(app) {}

    std::shared_ptr<http::Later> add(int64_t seq, const CharacterRow& character) {
        auto later = http::Later::create(kWaitS, answer_of(character));
        const std::lock_guard guard(lock_);
        waits_[seq] = later;
        return later;
    }
    void ended(int64_t seq) {
        std::shared_ptr<http::Later> later;
        {
            const std::lock_guard guard(lock_);
            const auto found = waits_.find(seq);
            if (found == waits_.end()) return;
            later = found->second;
            waits_.erase(found);
        }
        if (const auto character = find_character_of_job(*app_.db, seq);
            character.ok() && *character)
            later->answer(answer_of(**character));
    }
    std::shared_ptr<void> listener;

private:
    App& app_;
    std::mutex lock_;
    std::unordered_map<int64_t, std::shared_ptr<http::Later>> waits_;
};

http::Response create(App& app, http::Request& request, const Caller& caller, Waits& waits) {
    GET_OR_ANSWER(fields, Fields::read(request));
    GET_OR_ANSWER(name, fields.text("name", 80));
    if (!name) return to_response(missing_parameter("name"));
    if (base::trim(*name).empty()) {
        return to_response(bad_value("name", "A character needs a name that can be read."));
    }
    if (!fields.has("video")) return to_response(missing_parameter("video"));
    GET_OR_ANSWER(clip, take_clip(app, fields, caller, "video"));
    if (const auto unknown = fields.unknown()) return to_response(*unknown);
    if (const auto refusal = app.guard->check_prompt(*name)) {
        return to_response(
            {400, refusal->message, "invalid_request_error", "name", "moderation_blocked"});
    }
    if (const auto refusal = app.guard->check_input(clip.blob.sha256)) {
        return to_response(
            {400, refusal->message, "invalid_request_error", "video", "moderation_blocked"});
    }
    std::optional<CharacterRow> made;
    TRY_OR_500(request, app.db->transaction([&](store::Tx& tx) -> base::Status {
        made = TRY(
            create_character(tx, *app.queue, caller.project_id, caller.priority, *name, clip.blob));
        return {};
    }));
    // Registered before the workers are woken, so that no end is missed.
    http::Response response;
    response.body = waits.add(made->seq, *made);
    app.wake_workers();
    return response;
}

Answer<CharacterRow> own(App& app, const http::Request& request, const Caller& caller) {
    const std::string id(request.param("character_id"));
    const auto found = find_character(*app.db, id);
    if (!found.ok()) return unavailable("The server's database did not answer. Try again.", 2);
    if (!*found || (*found)->project_id != caller.project_id || (*found)->status == "failed")
        return not_found("Character", id);
    return **found;
}

http::Response retrieve(App& app, http::Request& request, const Caller& caller) {
    GET_OR_ANSWER(character, own(app, request, caller));
    return http::json_text(200, character_json(character).dump());
}

http::Response list(App& app, http::Request& request, const Caller& caller) {
    GET_OR_ANSWER(paging, read_paging(request));
    std::optional<int64_t> after;
    if (!paging.after.empty()) {
        const auto found = TRY_OR_500(request, find_character(*app.db, paging.after));
        if (!found || found->project_id != caller.project_id)
            return to_response(bad_value("after", "There is no character '" + paging.after + "'."));
        after = found->seq;
    }
    const CharacterPage page = TRY_OR_500(
        request,
        list_characters(*app.db, caller.project_id, after, paging.limit, paging.ascending));
    std::vector<base::Json> data;
    for (const CharacterRow& character : page.rows) data.push_back(character_json(character));
    return list_response(data, page.has_more);
}

http::Response remove(App& app, http::Request& request, const Caller& caller) {
    const std::string id(request.param("character_id"));
    bool gone = false;
    TRY_OR_500(request, app.db->transaction([&](store::Tx& tx) -> base::Status {
        gone = TRY(delete_character(tx, *app.queue, caller.project_id, id));
        return {};
    }));
    if (!gone) return to_response(not_found("Character", id));
    return http::json_text(
        200, base::Json({{"id", id}, {"object", "character.deleted"}, {"deleted", true}}).dump());
}

}  // namespace

void add_character_routes(http::Router& router, App& app) {
    auto waits = std::make_shared<Waits>(app);
    waits->listener =
        app.db->listen("ended", [weak = std::weak_ptr<Waits>(waits), &app](const std::string& seq) {
            const auto alive = weak.lock();
            if (!alive || !app.http) return;
            app.http->post([alive, seq] { alive->ended(std::atoll(seq.c_str())); });
        });
    router.add(secured(app, "POST", "/v1/videos/characters", "videos:write",
                       [waits](App& a, http::Request& request, const Caller& caller) {
                           return create(a, request, caller, *waits);
                       },
                       {app.config.most_upload_bytes, 64 << 10}));
    router.add(secured(app, "GET", "/v1/videos/characters", "videos:read", list));
    router.add(
        secured(app, "GET", "/v1/videos/characters/{character_id}", "videos:read", retrieve));
    router.add(
        secured(app, "DELETE", "/v1/videos/characters/{character_id}", "videos:write", remove));
}

}  // namespace server
