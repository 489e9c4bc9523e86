// A clip: one thing that a body can do, as a function of time. Authored clips are lists of keys;
// walking, spinning and jumping are computed.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "world/figure/motion/body.h"

namespace world {

struct Footfall {
    double t_s = 0;  // since the clip's start
    Side side = Side::Left;
    base::Vec3 at;         // world
    double speed_mps = 1;  // how hard: downward speed of the foot
};

class Clip {
public:
    virtual ~Clip() = default;
    // World frame. Before 0 and after length_s() the clip holds or goes on by itself.
    virtual Controls at(double t_s) const = 0;
    virtual double length_s() const = 0;
    // Where the figure stands when the clip is over.
    virtual Home end_home() const = 0;
    virtual std::vector<Footfall> footfalls() const { return {}; }
    // The clip's last pose is a place to stay (sitting, lying) until the next task.
    virtual bool stays() const { return false; }
};

struct ClipRequest {
    const FigureBody* body = nullptr;
    Home home;           // where the figure stands when it begins
    FigureTask task;     // times absolute
    double start_s = 0;  // of this clip; after a turn later than task.start_s
    double gravity_mps2 = kStandardGravity;
};

std::unique_ptr<Clip> make_clip(const ClipRequest& request);

// Keys in the frame of the home, blended by monotone cubics (Fritsch & Carlson 1980): channels
// stop at their extremes, so nothing overshoots and still feet stay still.
struct Key {
    double t_s;
    Controls c;
};
Controls sample_keys(const std::vector<Key>& keys, double t_s);

}  // namespace world
