// A server without its wire, for fuzzers: the routes of people on SQLite and blobs in a folder of
// memory, with one film that is finished, called as the HTTP server would call them.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "apps/server/core/event_log.h"
#include "apps/server/http/target.h"
#include "apps/server/routes/routes.h"
#include "base/core/log.h"
#include "store/sql/migrate.h"

namespace server::testing {

constexpr const char* kFilm = "video_00000000000000000000000000000001";

inline void expect(bool holds) {
    if (!holds) std::abort();
}
inline void expect(const base::Status& status) { expect(status.ok()); }

class FuzzSite {
public:
    static FuzzSite& shared() {
        static FuzzSite site;
        return site;
    }
    ~FuzzSite() {
        app_.queue.reset();
        app_.blobs.reset();
        app_.db.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    // The answer to `method target` with what else `request` holds. Whatever was made is gone
    // afterwards.
    http::Response ask(const char* method, std::string_view target, http::Request& request) {
        request.method = method;
        request.target = target;
        request.headers.push_back({"Authorization", "Bearer sk-fuzz"});
        expect(http::parse_target(target, request.path, request.query));
        const http::Router::Match match = router_.find(request.method, request.path);
        expect(match.route != nullptr);
        request.params = match.params;
        request.route = match.route->pattern;
        expect(!match.route->gate(request));
        http::Response response = match.route->handler(request);
        if (request.method != "GET" && response.status == 200) forget();
        return response;
    }
    // JSON of every answer; an error has its four keys and a whole message.
    static base::Json json(const http::Response& response) {
        const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&response.body);
        auto parsed =
            base::parse_json(shared ? **shared : std::get<std::string>(response.body), "answer");
        expect(parsed.ok() && parsed->is_object());
        if (response.status >= 400) {
            const base::Json& error = parsed->at("error");
            expect(error.size() == 4 && error.at("message").is_string());
            expect(error.at("type").is_string() && error.contains("param"));
            expect(error.contains("code"));
        }
        return std::move(*parsed);
    }

private:
    FuzzSite() {
        base::set_log_level(base::LogLevel::Error);
        const char* memory = "/dev/shm";
        folder_ = std::string(std::filesystem::is_directory(memory) ? memory : "/tmp") +
                  "/aozora-fuzz-XXXXXX";
        expect(::mkdtemp(folder_.data()) != nullptr);
        app_.config = default_config();
        app_.config.data_dir = folder_;
        app_.config.low_disk_bytes = 0;
        expect(finish_config(app_.config));
        app_.db = take(store::Db::open(app_.config.database));
        expect(store::migrate(*app_.db).ok());
        app_.blobs = take(store::BlobStore::open(app_.config.blobs));
        app_.queue = std::make_unique<store::Queue>(*app_.db, store::QueueOptions{});
        app_.guard = std::make_unique<studio::Guard>(studio::GuardOptions{});
        app_.models.announce({"tiny-ltx"});
        app_.first_caller = take(first_key(*app_.db, "sk-fuzz")).caller;
        add_video_routes(router_, app_);
        add_derive_routes(router_, app_);
        add_file_routes(router_, app_);
        add_batch_routes(router_, app_);
        add_webhook_routes(router_, app_);
        add_admin_routes(router_, app_);
        const store::Blob blob = take(app_.blobs->put_bytes("a film"));
        expect(app_.db->transaction([&](store::Tx& tx) -> base::Status {
            for (const char last : {'1', '2', '3'}) {
                NewVideo video;
                video.id = kFilm;
                video.id.back() = last;
                video.project_id = app_.first_caller.project_id;
                video.key_id = app_.first_caller.key_id;
                video.model = "world-1";
                video.task = "create";
                video.prompt = "A ball bounces.";
                video.size = "64x36";
                video.seconds = "2";
                video.payload = base::Json::object();
                const int64_t seq = TRY(create_video(tx, *app_.queue, video));
                TRY(publish_video(tx, seq, {{{"video", blob}}, "2", "64x36", "{}"}, {}));
                newest_ = seq;
            }
            return {};
        }));
    }
    template <typename T>
    static T take(base::Result<T> result) {
        expect(result.ok());
        return std::move(*result);
    }
    void forget() {
        expect(app_.db->transaction([&](store::Tx& tx) -> base::Status {
            TRY(tx.execute("DELETE FROM videos WHERE seq > ?", {newest_}));
            TRY(tx.execute("DELETE FROM jobs WHERE id > ?", {newest_}));
            TRY(tx.execute("DELETE FROM blob_refs WHERE owner LIKE 'job:%'"));
            for (const char* table : {"webhooks", "batches", "files"})
                TRY(tx.execute(std::string("DELETE FROM ") + table));
            TRY(tx.execute("DELETE FROM api_keys WHERE id <> ?", {app_.first_caller.key_id}));
            return {};
        }));
    }

    std::string folder_;
    App app_;
    http::Router router_;
    int64_t newest_ = 0;
};

}  // namespace server::testing
