// What the authors of clips share: keyed clips and short words for common gestures of a body.
#pragma once

#include <utility>

#include "world/figure/motion/clip.h"

namespace world {

// Keys in the home's frame; `event_s` of the keys is put at the task's event.
class KeyedClip : public Clip {
public:
    KeyedClip(const ClipRequest& request, std::vector<Key> keys, double event_s);
    Controls at(double t_s) const override;
    double length_s() const override { return natural_end_; }
    Home end_home() const override { return end_home_; }
    std::vector<Footfall> footfalls() const override;
    bool stays() const override { return stays_; }

    KeyedClip& stay() {
        stays_ = true;
        return *this;
    }
    KeyedClip& loop(double from_s) {
        loop_from_ = from_s;
        return *this;
    }
    KeyedClip& end_at(base::Vec3 local, double turn = 0);

private:
    double key_time(double t_s) const;
    const FigureBody* body_;
    Home home_, end_home_;
    std::vector<Key> keys_;
    double event_s_, event_at_;  // in key time, since the clip's start
    double natural_end_;
    bool stays_ = false;
    double loop_from_ = -1;
};

// Grows a list of keys, each starting as a copy of the one before.
class KeyList {
public:
    explicit KeyList(const FigureBody& body) : body_(body), now_(stand_controls(body)) {}
    explicit KeyList(const FigureBody& body, const Controls& first) : body_(body), now_(first) {}
    template <typename Change>
    KeyList& key(double t_s, Change change) {
        change(now_);
        keys_.push_back({t_s, now_});
        return *this;
    }
    KeyList& hold(double t_s) {
        return key(t_s, [](Controls&) {});
    }
    KeyList& back_to_stand(double t_s) {
        return key(t_s, [&](Controls& c) { c = stand_controls(body_); });
    }
    std::vector<Key> take() { return std::move(keys_); }

private:
    const FigureBody& body_;
    Controls now_;
    std::vector<Key> keys_;
};

// An arm that hangs and swings: outward and forward angles.
inline void swing_arm(ArmControl& arm, double out, double forward) {
    arm.raise = std::hypot(out, forward);
    arm.plane = std::atan2(forward, out);
}
// Grip at a place, palm and fingers so.
inline void reach(ArmControl& arm, base::Vec3 at, base::Vec3 palm, base::Vec3 fingers) {
    arm.ik = 1;
    arm.aim = 1;
    arm.at = at;
    arm.palm = palm;
    arm.fingers = fingers;
}
// Both palms on a ball of this radius, the right one at `right_side` from its centre (unit).
void hold_ball(Controls& c, base::Vec3 centre, double radius, base::Vec3 right_side,
               base::Vec3 fingers);
inline void let_go(ArmControl& arm) { arm.ik = arm.aim = 0; }

std::unique_ptr<Clip> make_stand(const ClipRequest& request);
std::unique_ptr<Clip> make_walk(const ClipRequest& request, bool run);
std::unique_ptr<Clip> make_turn(const ClipRequest& request);
std::unique_ptr<Clip> make_jump(const ClipRequest& request, bool shot);
std::unique_ptr<Clip> make_spin(const ClipRequest& request);
std::unique_ptr<Clip> make_skate(const ClipRequest& request);
std::unique_ptr<Clip> make_dance(const ClipRequest& request);
std::unique_ptr<Clip> make_cycle(const ClipRequest& request);    // crawl, swim, climb, clap ...
std::unique_ptr<Clip> make_gesture(const ClipRequest& request);  // nullptr: not one of them
std::unique_ptr<Clip> make_sport(const ClipRequest& request);
std::unique_ptr<Clip> make_floor(const ClipRequest& request);

}  // namespace world
