#include "world/figure/motion/clip_kit.h"

#include <array>

#include "base/core/check.h"

namespace world {

using base::Vec3;

KeyedClip::KeyedClip(const ClipRequest& r, std::vector<Key> keys, double event_s)
    : body_(r.body), home_(r.home), end_home_(r.home), keys_(std::move(keys)), event_s_(event_s) {
    CHECK(!keys_.empty(), "a clip has keys");
    event_at_ = r.task.event_s > 0 ? std::max(0.15, r.task.event_s - r.start_s) : event_s_;
    natural_end_ = event_at_ + (keys_.back().t_s - event_s_);
    for (Key& key : keys_) key.c = placed(key.c, home_);
    if (r.task.aim) {
        for (Key& key : keys_)
            if (key.c.look_weight > 0) key.c.look_at = *r.task.aim;
    }
}

KeyedClip& KeyedClip::end_at(Vec3 local, double turn) {
    end_home_.at = home_.out(local);
    end_home_.heading = home_.heading + turn;
    return *this;
}

// The event falls where it was asked: a hurried clip is squeezed before it, a patient one waits.
double KeyedClip::key_time(double t_s) const {
    double k;
    if (t_s >= event_at_) k = event_s_ + (t_s - event_at_);
    else if (event_at_ >= event_s_) k = t_s - (event_at_ - event_s_);
    else k = t_s * event_s_ / event_at_;
    if (loop_from_ >= 0 && k > keys_.back().t_s) {
        const double period = keys_.back().t_s - loop_from_;
        k = loop_from_ + std::fmod(k - loop_from_, period);
    }
    return k;
}

Controls KeyedClip::at(double t_s) const { return sample_keys(keys_, key_time(t_s)); }

std::vector<Footfall> KeyedClip::footfalls() const {
    // A foot lands where it was up at one key and is down at the next.
    std::vector<Footfall> falls;
    for (size_t i = 1; i < keys_.size(); ++i)
        for (const Side side : kSides) {
            const FootControl &a = keys_[i - 1].c.foot(side), &b = keys_[i].c.foot(side);
            const double floor = home_.at.z;
            if (a.ball.z > floor + 0.02 && a.free < 0.5 && b.ball.z < floor + 0.01 && b.free < 0.5)
                falls.push_back({event_at_ + keys_[i].t_s - event_s_, side, b.ball, 0.8});
        }
    return falls;
}

void hold_ball(Controls& c, Vec3 centre, double radius, Vec3 right_side, Vec3 fingers) {
    const Vec3 d = base::normalize(right_side);
    const Vec3 along = base::normalize(fingers - d * base::dot(fingers, d));
    reach(c.arm(Side::Right), centre + d * radius, -d, along);
    reach(c.arm(Side::Left), centre - d * radius, d, along);
    for (ArmControl& arm : c.arms) {
        arm.curl = 0.16;
        arm.spread = 1;
        arm.thumb = 0;
        arm.elbow_toward = {-0.3, 0.55, -1};
    }
}

namespace {

struct ClipRow {
    const char* name;
    double event_s, length_s;
};
// The clips and their natural times; the test holds them to the clips themselves.
constexpr std::array kClips = {ClipRow{"stand", 0, 2},
                               ClipRow{"walk", 0, 3},
                               ClipRow{"run", 0, 3},
                               ClipRow{"throw", 0.86, 1.9},
                               ClipRow{"toss", 0.70, 1.6},
                               ClipRow{"shoot", 1.18, 3.2},
                               ClipRow{"jump", 0.70, 1.9},
                               ClipRow{"kick", 0.78, 1.7},
                               ClipRow{"spin", 0.90, 5},
                               ClipRow{"fall", 1.05, 2.4},
                               ClipRow{"sit", 0.90, 1.3},
                               ClipRow{"wave", 0.60, 2.6},
                               ClipRow{"dance", 0.50, 4},
                               ClipRow{"talk", 0.30, 3},
                               ClipRow{"clap", 0.50, 2.5},
                               ClipRow{"bow", 0.75, 2.0},
                               ClipRow{"look", 0.35, 1.5},
                               ClipRow{"catch", 0.75, 1.7},
                               ClipRow{"push", 0.85, 2.2},
                               ClipRow{"pull", 0.90, 2.4},
                               ClipRow{"hit", 0.80, 1.8},
                               ClipRow{"swing", 0.86, 2.0},
                               ClipRow{"bowl", 1.15, 2.4},
                               ClipRow{"cue", 1.20, 2.3},
                               ClipRow{"drop", 0.70, 1.6},
                               ClipRow{"drop_both", 0.70, 1.6},
                               ClipRow{"hold", 0.50, 2},
                               ClipRow{"point", 0.50, 2.0},
                               ClipRow{"cheer", 0.55, 2.4},
                               ClipRow{"lie", 1.60, 2.2},
                               ClipRow{"crawl", 0.5, 4},
                               ClipRow{"climb", 0.5, 4},
                               ClipRow{"swim", 0.5, 4},
                               ClipRow{"skate", 0.5, 4},
                               ClipRow{"ride", 0.4, 3},
                               ClipRow{"shrug", 0.45, 1.4},
                               ClipRow{"nod", 0.30, 1.2},
                               ClipRow{"turn", 0, 0.6},
                               ClipRow{"disappointed", 0.6, 2.2}};

}  // namespace

ClipTiming clip_timing(const std::string& clip) {
    for (const ClipRow& row : kClips)
        if (clip == row.name) return {row.event_s, row.length_s};
    return {0.5, 1.5};
}

std::vector<std::string> clip_names() {
    std::vector<std::string> names;
    for (const ClipRow& row : kClips) names.emplace_back(row.name);
    return names;
}

std::unique_ptr<Clip> make_clip(const ClipRequest& r) {
    const std::string& clip = r.task.clip;
    if (clip == "walk" || clip == "run") return make_walk(r, clip == "run");
    if (clip == "turn") return make_turn(r);
    if (clip == "jump" || clip == "shoot") return make_jump(r, clip == "shoot");
    if (clip == "spin") return make_spin(r);
    if (clip == "skate") return make_skate(r);
    if (clip == "dance") return make_dance(r);
    if (std::unique_ptr<Clip> made = make_cycle(r)) return made;
    if (std::unique_ptr<Clip> made = make_gesture(r)) return made;
    if (std::unique_ptr<Clip> made = make_sport(r)) return made;
    if (std::unique_ptr<Clip> made = make_floor(r)) return made;
    return make_stand(r);
}

}  // namespace world
