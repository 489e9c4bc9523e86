// Things done over and over: dancing, clapping, crawling, climbing, swimming.
#include <cmath>

#include "world/figure/motion/clip_kit.h"

namespace world {
namespace {

using base::kPi;
using base::Vec3;

class Cycle : public Clip {
public:
    using Pose = std::function<void(const FigureBody&, double t_s, Controls&)>;
    Cycle(const ClipRequest& r, Pose pose, double speed_mps = 0, bool stays = false)
        : body_(*r.body), home_(r.home), pose_(std::move(pose)), stays_(stays) {
        length_ = r.task.end_s > r.start_s ? r.task.end_s - r.start_s : 4;
        speed_ = r.task.speed.value_or(speed_mps);
        if (r.task.to && speed_mps > 0) {
            const Vec3 way = *r.task.to - home_.at;
            home_.heading = std::atan2(way.y, way.x);
            speed_ = std::hypot(way.x, way.y) / length_;
        }
        if (speed_mps <= 0) speed_ = 0;
    }
    double length_s() const override { return length_; }
    Home end_home() const override { return {home_.out({speed_ * length_, 0, 0}), home_.heading}; }
    bool stays() const override { return stays_; }
    Controls at(double t_s) const override {
        const double t = std::max(0.0, t_s);
        Controls c = stand_controls(body_);
        pose_(body_, t, c);
        const double gone = speed_ * std::min(t, length_);
        return placed(c, {home_.out({gone, 0, 0}), home_.heading});
    }

private:
    const FigureBody& body_;
    Home home_;
    Pose pose_;
    bool stays_;
    double length_, speed_;
};

// A groove at 112 beats a minute: weight from foot to foot, hips ahead of the chest, arms after.
void groove(const FigureBody& body, double t, Controls& c) {
    const double h = body.size.height;
    const double beat = t * 112.0 / 60.0;
    const double in = smooth(t / 0.5);
    const double side = std::sin(kPi * beat);  // one sway in two beats
    const double bounce = 0.5 - 0.5 * std::cos(2 * kPi * beat);
    const double late = std::sin(kPi * (beat - 0.18)), later = std::sin(kPi * (beat - 0.35));
    const int phrase = static_cast<int>(std::floor(beat / 8)) % 2;
    const double change = smooth(std::fmod(beat, 8.0) / 1.0);
    const double up = phrase == 1 ? change : (beat < 8 ? 0.0 : 1 - change);
    c.alive = 0.2;
    c.pelvis += Vec3{0, 0.030 * h * side, -h * (0.014 + 0.020 * bounce)} * in;
    c.roll = 0.13 * side * in;
    c.yaw = 0.16 * late * in;
    c.spine = {-0.20 * late * in, 0.06 * bounce * in, -0.28 * late * in};
    c.head = {0.12 * later * in, 0.10 * bounce * in, 0.14 * late * in};
    c.smile = 0.55;
    c.brow = 0.2;
    for (const Side s : kSides) {
        const double k = side_sign(s);
        ArmControl& a = c.arm(s);
        const double swing = 0.5 + 0.5 * k * later;
        a.raise = base::lerp(0.17, base::lerp(0.55 + 0.25 * swing, 2.35 + 0.3 * swing, up), in);
        a.plane = base::lerp(0.25, base::lerp(0.75 - 0.4 * swing, 0.30, up), in);
        a.elbow = base::lerp(0.24, base::lerp(1.75 - 0.5 * swing, 0.9 - 0.5 * swing, up), in);
        a.twist = base::lerp(0.22, 0.35 * swing, in);
        a.pronate = 0.5 + 0.5 * later * k;
        a.wrist = 0.3 * later * k;
        a.curl = 0.45;
        FootControl& f = c.foot(s);
        f.ball.y *= 1 + 0.35 * in;
        // The heel of the light foot lifts.
        const double light = std::max(0.0, -k * side) * in;
        f.pitch = -0.55 * light;
        f.knee_out = 0.15 * light;
    }
}

void clap(const FigureBody& body, double t, Controls& c) {
    const double h = body.size.height;
    const double in = smooth(t / 0.35);
    const double open = std::abs(std::sin(kPi * (t - 0.5) / 0.32));
    c.smile = 0.6;
    c.brow = 0.2;
    c.spine.y += 0.04 * (1 - open);
    for (const Side s : kSides) {
        const double k = side_sign(s);
        reach(c.arm(s), {0.205 * h, k * (0.006 + 0.055 * open) * h, 0.735 * h + 0.01 * k * h},
              {-0.1, -k, 0}, {0.75, 0, 0.65 + 0.1 * k});
        c.arm(s).ik = c.arm(s).aim = in;
        c.arm(s).curl = 0.08;
        c.arm(s).elbow_toward = {-0.3, 0.7, -1};
    }
}

void crawl(const FigureBody& body, double t, Controls& c) {
    const double h = body.size.height;
    const double phase = t / 0.9 * kPi * 2;
    c.alive = 0;
    c.pitch = 1.42;
    c.pelvis = {-0.2 * h, 0.015 * h * std::sin(phase), 0.305 * h};
    c.spine.y = 0.08;
    c.head.y = -1.0;
    c.spine.z = 0.10 * std::sin(phase);
    for (const Side s : kSides) {
        const double k = side_sign(s), a = std::sin(phase + (k > 0 ? 0 : kPi)),
                     up = std::max(0.0, std::cos(phase + (k > 0 ? 0 : kPi)));
        reach(c.arm(s), {(0.10 + 0.09 * a) * h, k * 0.11 * h, (0.022 + 0.05 * up) * h}, {0, 0, -1},
              {1, 0, 0.1});
        c.arm(s).curl = 0.05;
        c.arm(s).elbow_toward = {-1, 0.3, 0};
        FootControl& f = c.foot(s);
        f.free = 1;
        f.swing = 1.42 - 0.22 * a;
        f.knee = 1.48 - 0.15 * a;
        f.point = 1.2;
        f.raise = 0.05;
    }
}

void swim(const FigureBody& body, double t, Controls& c) {
    const double h = body.size.height;
    const double phase = t / 1.5 * kPi * 2;
    c.alive = 0;
    c.pitch = 1.50;
    c.pelvis.z = 0.06 * h;
    c.roll = 0;
    c.spine = {0, -0.10, 0};
    c.yaw = 0;
    c.spine.z = 0.35 * std::sin(phase);
    c.head = {0, -0.55, -0.7 * std::max(0.0, std::sin(phase))};
    for (const Side s : kSides) {
        // Front crawl: the arm goes over forward out of the water, then pulls under.
        double a = std::fmod(phase + (s == Side::Left ? 0 : kPi), 2 * kPi);
        const double forward = kPi - a;  // pi in front, falling to -pi
        ArmControl& arm = c.arm(s);
        arm.raise = std::abs(forward) < 1e-6 ? 0 : std::abs(forward);
        arm.plane = forward >= 0 ? kPi / 2 : -kPi / 2 + 0.9;
        arm.raise = std::min(arm.raise, 3.0);
        arm.elbow = forward < 0 ? 1.1 * std::sin(-forward) : 0.35 * std::sin(forward);
        arm.curl = 0.05;
        arm.pronate = 0.9;
        FootControl& f = c.foot(s);
        const double flutter = std::sin(phase * 3 + (s == Side::Left ? 0 : kPi));
        f.free = 1;
        f.swing = 0.22 * flutter;
        f.knee = 0.20 + 0.18 * std::cos(phase * 3 + (s == Side::Left ? 0 : kPi));
        f.point = 1.1;
    }
}

void climb(const FigureBody& body, double t, Controls& c) {
    const double h = body.size.height;
    const double rung = 0.17 * h, pace = t / 0.8;
    const double done = std::floor(pace), u = smooth(pace - done);
    const double z = (done + u) * rung * 0.5;
    c.alive = 0;
    c.pelvis.z += z;
    c.pelvis.x = -0.06 * h;
    c.pitch = 0.04;
    c.head.y = -0.35;
    for (const Side s : kSides) {
        const bool moving = (static_cast<int>(done) % 2 == 0) == (s == Side::Left);
        const double steps = std::floor((done + (s == Side::Left ? 1 : 0)) / 2);
        const double at = (steps + (moving ? u : 0.0)) * rung;
        reach(c.arm(s), {0.17 * h, side_sign(s) * 0.10 * h, 0.80 * h + at}, {1, 0, 0}, {0.3, 0, 1});
        c.arm(s).curl = 0.85;
        c.arm(s).elbow_toward = {-0.3, 0.6, -1};
        FootControl& f = c.foot(s);
        f.ball = {0.13 * h - 0.05 * h * (moving ? std::sin(kPi * u) : 0.0), side_sign(s) * 0.06 * h,
                  at + 0.02 * h};
        f.knee_out = 0.35;
    }
}

}  // namespace

std::unique_ptr<Clip> make_dance(const ClipRequest& r) {
    return std::make_unique<Cycle>(r, groove);
}

std::unique_ptr<Clip> make_cycle(const ClipRequest& r) {
    const std::string& clip = r.task.clip;
    if (clip == "clap") return std::make_unique<Cycle>(r, clap);
    if (clip == "crawl") return std::make_unique<Cycle>(r, crawl, 0.45);
    if (clip == "swim") return std::make_unique<Cycle>(r, swim, 0.9, true);
    if (clip == "climb") return std::make_unique<Cycle>(r, climb, 0, true);
    return nullptr;
}

}  // namespace world
