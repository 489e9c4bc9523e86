#include "store/queue/lanes.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace store {

// A loose index scan: the first entry of jobs_ready, then again and again the first entry of the
// next lane. The order of `priority DESC, id` makes each lane's first entry its next job. A lane is
// one column because SQLite would read all of a lane to get past (a, b) > (?, ?).
const char* const kLaneHeads = R"sql(
WITH RECURSIVE head (id, lane) AS (
    SELECT id, lane FROM jobs
    WHERE id = (SELECT id FROM jobs WHERE state = 'queued' AND not_before_ms = 0
                ORDER BY lane, priority DESC, id LIMIT 1)
    UNION ALL
    SELECT next.id, next.lane FROM head JOIN jobs next ON next.id = (
        SELECT j.id FROM jobs j
        WHERE j.state = 'queued' AND j.not_before_ms = 0 AND j.lane > head.lane
        ORDER BY j.lane, j.priority DESC, j.id LIMIT 1)
)
SELECT j.id, j.priority, j.project_id, j.lane, j.engine, j.model, j.pixels
FROM head JOIN jobs j ON j.id = head.id)sql";

std::string lane_name(const NewJob& job) {
    // With the engine's length, so that no two lanes have one name.
    return std::to_string(job.project_id) + "/" + std::to_string(job.pixels) + "/" +
           std::to_string(job.engine.size()) + "/" + job.engine + "/" + job.model;
}

namespace {

bool allows(const std::vector<std::string>& can, const std::string& wanted) {
    return wanted.empty() || can.empty() || std::ranges::find(can, wanted) != can.end();
}

}  // namespace

base::Result<std::vector<Lane>> lanes_for(Tx& tx, const Capabilities& can) {
    std::vector<Lane> lanes;
    for (const Row& row : TRY(tx.query(kLaneHeads))) {
        Lane lane{row[0].integer(), row[1].integer(), row[2].integer(), row[3].text()};
        const std::string &engine = row[4].text(), &model = row[5].text();
        if (allows(can.engines, engine) && allows(can.models, model) &&
            (can.max_pixels == 0 || row[6].integer() <= can.max_pixels)) {
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
    const Rows rows = TRY(
        tx.query("SELECT id FROM jobs WHERE state = 'queued' AND not_before_ms = 0 AND lane = ? "
                 "AND priority >= ? ORDER BY priority DESC, id LIMIT 1 {skip_locked}",
                 {lane.name, priority}));
    if (rows.empty()) return std::optional<JobId>();
    return std::optional<JobId>(rows[0][0].integer());
}

}  // namespace store
