// How ropes look. What they do is one unilateral distance in joints.h (nothing stretches, heavy
// bobs included); here a chain of massless points hangs between the same ends: straight when taut,
// sagging and swaying when slack, dangling when broken.
#pragma once

#include "world/step/joints.h"
#include "world/step/saved_state.h"

namespace world::step {

class Ropes {
public:
    Ropes(const Dynamics& d, const JointSolver& joints);
    void move(const Dynamics& d, const JointSolver& joints, double frame_s);
    // Appends one SoftState per visible rope; straight ropes use the ends at the shown time.
    void write(const Dynamics& d, Snapshot& out) const;
    void save(StateWriter& out) const;
    void restore(StateReader& in);

private:
    struct Chain {
        int joint = 0;
        double length_m = 0;
        std::vector<Vec3> now, before;
    };
    void settle(Chain& chain, Vec3 a, Vec3 b, bool free_end, int sweeps) const;
    std::vector<Chain> chains_;
    std::vector<std::pair<Vec3, Vec3>> local_ends_;  // shape frames, or world
};

}  // namespace world::step
