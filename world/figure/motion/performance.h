// The whole part of one figure: its tasks as clips on a timeline, blended, with breath, blinks and
// gaze on top. Immutable after compiling; every question is a pure function of time.
#pragma once

#include <memory>
#include <vector>

#include "world/figure/motion/clip.h"

namespace world {

class Performance {
public:
    static Performance compile(const FigureModel& figure);

    Controls controls_at(double t_s) const;  // without secondary motion
    JointPoses joints_at(double t_s) const;
    JointPoses bones_at(double t_s) const;  // half the work: skirt and hair at rest
    FigureState state_at(double t_s) const;
    // Absolute times, in order.
    const std::vector<Footfall>& footfalls() const { return footfalls_; }
    const FigureBody& body() const { return *body_; }

private:
    struct Segment {
        double start_s, end_s, blend_s;
        std::unique_ptr<Clip> clip;
        bool hand_free;  // the hand that holds may do so
    };
    Controls hold(const Controls& c) const;
    Controls breathe(Controls c, double t_s) const;
    void add(double start_s, double end_s, double blend_s, std::unique_ptr<Clip> clip,
             bool hand_free = true);

    std::shared_ptr<const FigureBody> body_;  // clips point to it
    Grip grip_ = Grip::None;
    bool left_ = false;
    std::vector<Segment> segments_;
    std::vector<Footfall> footfalls_;
    std::vector<std::pair<double, int>> visemes_;
};

}  // namespace world
