// Leaps: the centre of mass is steered. On the ground it speeds up evenly, in the air it flies the
// parabola that its take-off speed gives it; the body shapes itself around it.
#include <cmath>

#include "world/figure/motion/clip_kit.h"

namespace world {
namespace {

using base::Vec3;

class Jump : public Clip {
public:
    Jump(const ClipRequest& r, bool shot)
        : body_(*r.body), home_(r.home), shot_(shot), gravity_(r.gravity_mps2) {
        const double h = body_.size.height;
        task_ = r.task;
        stand_ = stand_controls(body_);
        stand_com_ = mass_state(body_, solve_joints(body_, stand_)).centre;
        if (!shot && r.task.to) {
            const Vec3 way = r.home.in(*r.task.to);
            forward_ = std::clamp(std::hypot(way.x, way.y), 0.0, 2.2);
        }
        rise_speed_ = shot ? 2.05 : r.task.speed.value_or(2.55);
        dip_ = (shot ? 0.085 : 0.150) * h;
        up_ = 0.042 * h;
        drive_s_ = 2 * (dip_ + up_) / rise_speed_;
        const double native = shot ? 0.98 : 0.70;  // when the feet leave
        leave_ = native;
        air_s_ = 2 * rise_speed_ / gravity_;
        // Release just before the top of the flight.
        release_ = leave_ + 0.72 * rise_speed_ / gravity_ + 0.05;
        event_ = shot ? release_ : leave_;
        shift_ = 0;
        if (r.task.event_s > 0) shift_ = (r.task.event_s - r.start_s) - event_;
        land_ = leave_ + air_s_;
        sink_ = (shot ? 0.07 : 0.12) * h;
        absorb_s_ = 2 * (sink_ + up_) / rise_speed_;
        length_ = land_ + absorb_s_ + 0.55 + (shot ? 1.0 : 0);
        make_keys();
    }

    double length_s() const override { return length_ + shift_; }
    Home end_home() const override { return {home_.out({forward_, 0, 0}), home_.heading}; }
    std::vector<Footfall> footfalls() const override {
        std::vector<Footfall> falls;
        for (const Side side : kSides) {
            Vec3 at = stand_.foot(side).ball;
            at.x += forward_;
            falls.push_back({land_ + shift_ + (side == Side::Left ? 0.0 : 0.012), side,
                             home_.out(at), rise_speed_});
        }
        return falls;
    }

    Controls at(double t_s) const override {
        const double t = t_s - shift_;
        Controls c = sample_keys(keys_, t);
        const Vec3 com = centre(t);
        const bool flying = t > leave_ && t < land_;
        c.com_weight = smooth((t - 0.02) / 0.15) * smooth((length_ - 0.05 - t) / 0.25);
        c.com = {com.x, c.com.y, com.z};
        c.pelvis += com - stand_com_;
        for (const Side side : kSides) {
            FootControl& foot = c.foot(side);
            const double lift = foot.ball.z;  // keys: tuck
            foot.ball.z = 0;
            if (t >= land_) foot.ball.x += forward_;
            if (flying) {
                // Legs keep the length they left with; the tuck comes on top.
                const double u = (t - leave_) / air_s_;
                foot.ball.x += forward_ * u;
                foot.ball.z =
                    std::max(0.0, com.z - (stand_com_.z + up_)) + lift * std::sin(base::kPi * u);
            }
        }
        Controls out = placed(c, home_);
        if (task_.aim && c.look_weight > 0) out.look_at = *task_.aim;
        return out;
    }

private:
    // Of the mass, in the home's frame.
    Vec3 centre(double t) const {
        const double z0 = stand_com_.z;
        const double push = leave_ - drive_s_;
        const double wind = shot_ ? 0.50 : 0.02;  // the sinking starts here
        double z = z0;
        if (t <= wind) z = z0;
        else if (t < push) z = z0 - dip_ * smooth((t - wind) / (push - wind));
        else if (t < leave_) {
            const double u = (t - push) / drive_s_;
            z = z0 - dip_ + (dip_ + up_) * u * u;
        } else if (t < land_) {
            const double a = t - leave_;
            z = z0 + up_ + rise_speed_ * a - 0.5 * gravity_ * a * a;
        } else if (t < land_ + absorb_s_) {
            const double u = (t - land_) / absorb_s_;
            z = z0 - sink_ + (up_ + sink_) * (1 - u) * (1 - u);
        } else {
            z = z0 - sink_ * (1 - smooth((t - land_ - absorb_s_) / 0.45));
        }
        // Forward speed is won during the drive and lost in landing.
        double x = stand_com_.x;
        if (forward_ > 0) {
            const double v = forward_ / (air_s_ + 0.5 * drive_s_ + 0.5 * absorb_s_);
            if (t >= push && t < leave_) x += 0.5 * v * (t - push) * (t - push) / drive_s_;
            else if (t >= leave_ && t < land_) x += 0.5 * v * drive_s_ + v * (t - leave_);
            else if (t >= land_) {
                const double u = std::min(1.0, (t - land_) / absorb_s_);
                x += 0.5 * v * drive_s_ + v * air_s_ + v * absorb_s_ * (u - 0.5 * u * u);
            }
        }
        return {x, 0, z};
    }

    void make_keys() {
        const double h = body_.size.height;
        const double push = leave_ - drive_s_, top = leave_ + rise_speed_ / gravity_;
        const double settled = land_ + absorb_s_;
        KeyList k(body_);
        const auto no_tuck = [](Controls& c) {
            for (FootControl& f : c.feet) f.ball.z = 0;
        };
        if (!shot_) {
            k.key(0, [](Controls& c) { c.alive = 0; })
                .key(push,
                     [&](Controls& c) {
                         c.pitch = 0.42;
                         c.spine.y = 0.38;
                         c.head.y = -0.55;
                         for (ArmControl& a : c.arms) {
                             swing_arm(a, 0.25, -0.95);
                             a.elbow = 0.30;
                             a.curl = 0.35;
                         }
                     })
                .key(leave_,
                     [&](Controls& c) {
                         c.pitch = -0.02;
                         c.spine.y = -0.08;
                         c.head.y = -0.12;
                         c.brow = 0.3;
                         for (ArmControl& a : c.arms) {
                             swing_arm(a, 0.45, 2.1);
                             a.elbow = 0.45;
                             a.curl = 0.1;
                             a.spread = 0.6;
                         }
                         for (FootControl& f : c.feet) f.ball.z = 0.02 * h;
                     })
                .key(top,
                     [&](Controls& c) {
                         c.spine.y = 0.10;
                         c.head.y = 0;
                         c.smile = 0.5;
                         for (ArmControl& a : c.arms) {
                             swing_arm(a, 0.75, 2.15);
                             a.elbow = 0.35;
                         }
                         for (FootControl& f : c.feet) {
                             f.ball.z = (forward_ > 0 ? 0.16 : 0.10) * h;
                             f.pitch = -0.45;
                         }
                     })
                .key(land_,
                     [&](Controls& c) {
                         c.pitch = 0.10;
                         c.spine.y = 0.12;
                         c.head.y = 0.10;
                         for (ArmControl& a : c.arms) {
                             swing_arm(a, 0.55, 0.95);
                             a.elbow = 0.45;
                         }
                         for (FootControl& f : c.feet) {
                             f.ball.z = 0.02 * h;
                             f.pitch = 0;
                         }
                     })
                .key(settled,
                     [&](Controls& c) {
                         no_tuck(c);
                         c.pitch = 0.30;
                         c.spine.y = 0.26;
                         c.head.y = -0.35;
                         for (ArmControl& a : c.arms) {
                             swing_arm(a, 0.35, 0.35);
                             a.elbow = 0.55;
                         }
                     })
                .back_to_stand(length_);
            keys_ = k.take();
            for (Key& key : keys_) key.c.alive = 0;
            keys_.back().c.alive = 1;
            return;
        }
        // Jump shot: gather at the waist, dip, lift past the face to above the forehead, extend,
        // flick the wrist; hold the follow-through while the ball flies, then take in the result.
        const double r = 0.12, waist = 0.60 * h, chest = 0.74 * h;
        const double shoulder = body_.size.shoulder_z;
        k.key(0,
              [&](Controls& c) {
                  c.look_weight = 1;
                  c.look_at = {5, 0, 3.0};
                  hold_ball(c, {0.20 * h, -0.02 * h, waist}, r, {-0.1, -1, -0.1}, {0.8, 0, 0.5});
                  c.spine.y = 0.12;
                  c.foot(Side::Right).ball.x += 0.03 * h;
              })
            .key(0.42, [&](Controls& c) { c.spine.y = 0.14; })
            .key(push + 0.02,
                 [&](Controls& c) {
                     c.pitch = 0.16;
                     c.spine.y = 0.16;
                     c.head.y = -0.2;
                     hold_ball(c, {0.17 * h, -0.03 * h, waist - 0.10 * h}, r, {-0.2, -1, -0.15},
                               {0.7, 0, 0.7});
                 })
            .key(leave_ - 0.05,
                 [&](Controls& c) {
                     c.pitch = 0.04;
                     c.spine.y = 0.02;
                     hold_ball(c, {0.19 * h, -0.05 * h, chest + 0.10 * h}, r, {-0.32, -0.9, -0.35},
                               {0.25, 0, 1});
                 })
            .key(leave_ + 0.10,
                 [&](Controls& c) {
                     c.pitch = -0.03;
                     c.spine.y = -0.06;
                     c.brow = 0.2;
                     hold_ball(c, {0.12 * h, -0.055 * h, shoulder + 0.235 * h + 0.05}, r,
                               {-0.50, -0.75, -0.50}, {0.05, 0.0, 1});
                 })
            .key(release_,
                 [&](Controls& c) {
                     hold_ball(c, {0.19 * h, -0.06 * h, shoulder + 0.36 * h + 0.15}, r,
                               {-0.50, -0.75, -0.50}, {0.20, 0, 1});
                     c.arm(Side::Right).spread = 0.8;
                 })
            .key(release_ + 0.14,
                 [&](Controls& c) {
                     ArmControl& a = c.arm(Side::Right);
                     reach(a, {0.30 * h, -0.08 * h, shoulder + 0.36 * h}, {0.45, 0, -1},
                           {0.95, 0, -0.25});
                     a.curl = 0.22;
                     ArmControl& l = c.arm(Side::Left);
                     reach(l, {0.21 * h, 0.14 * h, shoulder + 0.30 * h}, {0.1, -1, 0}, {0.3, 0, 1});
                     l.curl = 0.1;
                 })
            .key(land_,
                 [&](Controls& c) {
                     for (const Side side : kSides) c.arm(side).at.z -= 0.06;
                     c.pitch = 0.06;
                     c.spine.y = 0.04;
                     for (FootControl& f : c.feet) f.ball.z = 0.01 * h;
                 })
            .key(settled + 0.05,
                 [&](Controls& c) {
                     no_tuck(c);
                     c.pitch = 0.14;
                     c.spine.y = 0.10;
                     c.arm(Side::Right).at = {0.33 * h, -0.09 * h, shoulder + 0.20 * h};
                     c.arm(Side::Left).at = {0.26 * h, 0.15 * h, shoulder + 0.08 * h};
                 })
            .key(settled + 0.55,
                 [&](Controls& c) {
                     c.pitch = 0;
                     c.spine.y = 0.02;
                     for (ArmControl& a : c.arms) {
                         let_go(a);
                         swing_arm(a, 0.25, 0.55);
                         a.elbow = 0.9;
                         a.curl = 0.3;
                         a.spread = 0.2;
                     }
                 })
            .key(length_, [&](Controls& c) {
                const Controls s = stand_controls(body_);
                for (int i = 0; i < 2; ++i) {
                    c.arms[i] = s.arms[i];
                    c.feet[i] = s.feet[i];
                }
                c.spine = s.spine;
            });
        keys_ = k.take();
        for (Key& key : keys_) key.c.alive = key.t_s > settled + 0.3 ? 1 : 0;
        for (FootControl& f : keys_.front().c.feet) (void)f;
        const Vec3 right = keys_.front().c.foot(Side::Right).ball;
        for (Key& key : keys_) key.c.foot(Side::Right).ball.x = right.x;
        keys_.back().c.foot(Side::Right).ball.x = right.x;
    }

    const FigureBody& body_;
    Home home_;
    bool shot_;
    double gravity_;
    FigureTask task_;
    Controls stand_;
    Vec3 stand_com_;
    double forward_ = 0, rise_speed_ = 2, dip_ = 0, up_ = 0, drive_s_ = 0.2, leave_ = 0, air_s_ = 0,
           release_ = 0, event_ = 0, shift_ = 0, land_ = 0, sink_ = 0, absorb_s_ = 0, length_ = 0;
    std::vector<Key> keys_;
};

}  // namespace

std::unique_ptr<Clip> make_jump(const ClipRequest& r, bool shot) {
    return std::make_unique<Jump>(r, shot);
}

}  // namespace world
