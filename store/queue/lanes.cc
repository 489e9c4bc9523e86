#include "store/queue/lanes.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace store {
namespace {

// A loose index scan: the first entry of jobs_ready, then again and again the first entry of the
// next lane. The order of `priority DESC, id` makes each lane's first entry its next job.
constexpr const char* kLaneHeads = R"sql(
WITH RECURSIVE lane (id, priority, project_id, engine, model, pixels) AS (
    SELECT id, priority, project_id, engine, model, pixels FROM jobs
    WHERE id = (SELECT id FROM jobs WHERE state = 'queued' AND not_before_ms = 0
                ORDER BY project_id, engine, model, pixels, priority DESC, id LIMIT 1)
    UNION ALL
    SELECT next.id, next.priority, next.project_id, next.engine, next.model, next.pixels
    FROM lane JOIN jobs next ON next.id = (
        SELECT j.id FROM jobs j WHERE j.state = 'queued' AND j.not_before_ms = 0
            AND (j.project_id, j.engine, j.model, j.pixels)
              > (lane.project_id, lane.engine, lane.model, lane.pixels)
        ORDER BY j.project_id, j.engine, j.model, j.pixels, j.priority DESC, j.id LIMIT 1)
)
SELECT id, priority, project_id, engine, model, pixels FROM lane)sql";

bool allows(const std::vector<std::string>& can, const std::string& wanted) {
    return wanted.empty() || can.empty() || std::ranges::find(can, wanted) != can.end();
}

}  // namespace

base::Result<std::vector<Lane>> lanes_for(Tx& tx, const Capabilities& can) {
    std::vector<Lane> lanes;
    for (const Row& row : TRY(tx.query(kLaneHeads))) {
        Lane lane{row[0].integer(), row[1].integer(), row[2].integer(),
                  row[3].text(),    row[4].text(),    row[5].integer()};
        if (allows(can.engines, lane.engine) && allows(can.models, lane.model) &&
            (can.max_pixels == 0 || lane.pixels <= can.max_pixels)) {
            lanes.push_back(std::move(lane));
        }
    }
    if (lanes.size() > 1) {
        std::map<int64_t, int64_t> leased;
        for (const Row& row : TRY(tx.query("SELECT project_id, COUNT(*) FROM jobs "
                                           "WHERE state = 'leased' GROUP BY project_id"))) {
            leased[row[0].integer()] = row[1].integer();
        }
        for (Lane& lane : lanes) {
            if (const auto found = leased.find(lane.project_id); found != leased.end()) {
                lane.leased = found->second;
            }
        }
    }
    std::ranges::sort(lanes, {}, [](const Lane& lane) {
        return std::tuple(-lane.priority, lane.leased, lane.first);
    });
    return lanes;
}

base::Result<std::optional<JobId>> first_free(Tx& tx, const Lane& lane, int64_t priority) {
    const Rows rows = TRY(tx.query(
        "SELECT id FROM jobs WHERE state = 'queued' AND not_before_ms = 0 AND project_id = ? AND "
        "engine = ? AND model = ? AND pixels = ? AND priority >= ? "
        "ORDER BY priority DESC, id LIMIT 1 {skip_locked}",
        {lane.project_id, lane.engine, lane.model, lane.pixels, priority}));
    if (rows.empty()) return std::optional<JobId>();
    return std::optional<JobId>(rows[0][0].integer());
}

}  // namespace store
