// Blades on ice: the scraping that a skater is heard by. Feet are carried by the skeleton, not by
// contacts, so the simulator has no slides for them.
#pragma once

#include <vector>

#include "studio/director/staging/stage.h"
#include "world/record/record.h"
#include "world/record/snapshot.h"

namespace studio {

// Remembers where feet were at the call before. One per run of a shot; not thread safe.
class SkateMarks {
public:
    explicit SkateMarks(const ShotStage& stage);
    // Slides since the last call, at `t_s`; none where the floor is not ice.
    std::vector<world::SlideSample> slides(double t_s, const world::Snapshot& now);

private:
    struct Foot {
        int body = -1, figure = -1;
        double weight_N = 0;
        base::Transform before;
        double before_s = -1;
    };
    double floor_z_m_ = 0;
    std::vector<Foot> feet_;
};

// Gives feet on ice blades of steel, for the ear. Before the simulator is made.
void put_on_skates(ShotStage& stage);

}  // namespace studio
