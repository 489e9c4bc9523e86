#include "apps/server/core/endings.h"

#include "apps/server/archive/characters.h"
#include "apps/server/archive/webhooks.h"
#include "apps/server/core/event_log.h"

namespace server {
namespace {

struct Who {
    std::string id;
    int64_t project_id = 0;
};

base::Result<std::optional<Who>> running_video(store::Tx& tx, int64_t seq) {
    const store::Rows rows = TRY(tx.query(
        "SELECT id, project_id FROM videos WHERE seq = ? AND status = 'queued' {lock}", {seq}));
    if (rows.empty()) return std::optional<Who>();
    return std::optional<Who>(Who{rows[0][0].text(), rows[0][1].integer()});
}

void tell_after_commit(App& app, store::Tx& tx, int64_t seq, const std::optional<Who>& who) {
    tx.after_commit([&app, seq, who] {
        if (who) {
            app.board.end_live(who->id);
            app.video_changed(who->id);
        }
        app.db->wake("ended", std::to_string(seq));
    });
}

}  // namespace

base::Status end_completed(App& app, store::Tx& tx, int64_t seq, const Made& made,
                           const std::string& traits) {
    const auto who = TRY(running_video(tx, seq));
    std::optional<int64_t> retention;
    if (app.config.retention_days)
        retention = static_cast<int64_t>(*app.config.retention_days * 86'400'000.0);
    TRY(publish_video(tx, seq, made, retention));
    TRY(publish_character(tx, seq, traits));
    if (who) TRY(enqueue_event(tx, who->project_id, "video.completed", who->id));
    tell_after_commit(app, tx, seq, who);
    return {};
}

base::Status end_failed(App& app, store::Tx& tx, int64_t seq, const store::JobError& error) {
    const auto who = TRY(running_video(tx, seq));
    TRY(fail_video(tx, seq, error));
    TRY(fail_character(tx, seq, error.message));
    if (who) TRY(enqueue_event(tx, who->project_id, "video.failed", who->id));
    tell_after_commit(app, tx, seq, who);
    return {};
}

}  // namespace server
