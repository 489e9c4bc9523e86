// A pirouette on the ice. The pose in the turning frame is authored; how fast that frame turns is
// not: between push-off and check-out the angular momentum about the vertical stays what the push
// gave, so drawing the arms in speeds the turn up, L = I(t) w(t) + (momentum of the moving limbs).
#include <cmath>

#include "world/figure/motion/clip_kit.h"

namespace world {
namespace {

using base::kPi;
using base::Vec3;

constexpr double kTableStep = 1.0 / 120;

class Spin : public Clip {
public:
    explicit Spin(const ClipRequest& r) : body_(*r.body), home_(r.home) {
        const double given = r.task.end_s > r.start_s ? r.task.end_s - r.start_s : 5.0;
        length_ = std::max(3.2, given);
        const double exit = 1.0;
        push_end_ = 0.90;
        check_ = length_ - exit;
        make_keys();
        // Momentum from the wanted top speed, with the arms in.
        const double top = r.task.speed.value_or(19.0);
        const double drawn = 0.5 * (push_end_ + check_) + 0.3;
        const JointPoses in = solve_joints(body_, local(drawn));
        momentum_ = top * vertical_inertia(body_, in, {});
        fill_table();
    }
    double length_s() const override { return length_; }
    Home end_home() const override { return {home_.at, home_.heading}; }
    Controls at(double t_s) const override {
        return placed(local(t_s), {home_.at, home_.heading + angle(t_s)});
    }
    bool stays() const override { return false; }

private:
    Controls local(double t) const { return sample_keys(keys_, t); }
    double push(double t) const {
        return smoother((t - 0.35) / (push_end_ - 0.35)) * (1 - smoother((t - check_) / 0.75));
    }
    void fill_table() {
        const int count = static_cast<int>(std::ceil(length_ / kTableStep)) + 2;
        angle_.assign(static_cast<size_t>(count), 0);
        double previous = speed_at(0);
        for (int i = 1; i < count; ++i) {
            const double now = speed_at(i * kTableStep);
            // Simpson on each step.
            const double middle = speed_at((i - 0.5) * kTableStep);
            angle_[static_cast<size_t>(i)] =
                angle_[static_cast<size_t>(i) - 1] + (previous + 4 * middle + now) * kTableStep / 6;
            previous = now;
        }
        // End facing as at the start: the last turn is stretched over the check-out.
        const double end = angle_.back();
        const double whole = std::ceil(end / (2 * kPi) - 0.15) * 2 * kPi;
        extra_ = whole - end;
    }
    double speed_at(double t) const {
        constexpr double kDt = 1e-3;
        const JointPoses a = solve_joints(body_, local(t - kDt / 2)),
                         b = solve_joints(body_, local(t + kDt / 2));
        const double inertia = vertical_inertia(body_, a, {});
        return push(t) * (momentum_ - vertical_momentum(body_, a, b, kDt, {})) / inertia;
    }
    double angle(double t) const {
        const double wind = -0.55 * smooth(t / 0.35) * (1 - smooth((t - 0.3) / 0.5));
        const double x = std::clamp(t, 0.0, length_) / kTableStep;
        const auto i = std::min(static_cast<size_t>(x), angle_.size() - 2);
        // Cubic between the samples would add nothing: the table is fine.
        const double whole = base::lerp(angle_[i], angle_[i + 1], x - static_cast<double>(i));
        return whole + wind + extra_ * smoother((t - check_) / (length_ - check_));
    }

    void make_keys() {
        const double h = body_.size.height;
        const Controls stand = stand_controls(body_);
        const double out_end = push_end_ + 0.45,
                     in_at = out_end + std::min(1.5, 0.4 * (check_ - out_end));
        KeyList k(body_, stand);
        const auto over_left_foot = [&](Controls& c) {
            // The left skate is the pivot at the origin, the centre of mass above it.
            c.foot(Side::Left).ball = {0.01 * h, 0, 0};
            c.foot(Side::Left).yaw = 0;
            c.com_weight = 1;
            c.com = {0, 0, 0.565 * h};
            c.pelvis = {0, 0, stand.pelvis.z};
        };
        k.key(0,
              [&](Controls& c) {
                  c.com_weight = 0;
                  c.alive = 0;
              })
            .key(0.35,
                 [&](Controls& c) {  // wind up against the turn
                     c.pelvis.z -= 0.055 * h;
                     c.spine = {0, 0.10, -0.45};
                     c.head.z = 0.5;
                     ArmControl& l = c.arm(Side::Left);
                     ArmControl& r = c.arm(Side::Right);
                     l.raise = 1.15;
                     l.plane = 0.9;
                     l.elbow = 0.35;
                     r.raise = 1.20;
                     r.plane = -0.45;
                     r.elbow = 0.30;
                     c.foot(Side::Right).ball += Vec3{-0.12 * h, -0.07 * h, 0};
                     c.foot(Side::Right).yaw = -0.7;
                     c.com = mass_state(body_, solve_joints(body_, stand)).centre;
                 })
            .key(push_end_,
                 [&](Controls& c) {  // arms and leg swing round and open wide
                     over_left_foot(c);
                     c.spine = {0.0, -0.06, 0.10};
                     c.head = {0, -0.06, 0.25};
                     for (ArmControl& a : c.arms) {
                         a.raise = 1.50;
                         a.plane = 0.12;
                         a.elbow = 0.12;
                         a.curl = 0.10;
                         a.wrist = -0.15;
                         a.pronate = 0.9;
                         a.twist = 0;
                     }
                     FootControl& f = c.foot(Side::Right);
                     f.free = 1;
                     f.swing = 0.15;
                     f.raise = 0.75;
                     f.knee = 0.25;
                     f.turn = 0.6;
                     f.point = 0.9;
                     f.ball = {0, -0.3 * h, 0.4 * h};
                     c.smile = 0.35;
                 })
            .key(out_end,
                 [&](Controls& c) {
                     FootControl& f = c.foot(Side::Right);
                     f.swing = 0.55;
                     f.raise = 0.45;
                     f.knee = 0.95;
                 })
            .key(in_at, [&](Controls& c) {  // drawn in: hands before the chest, foot to knee
                c.com.z = 0.572 * h;
                c.head = {0, -0.02, 0.10};
                for (ArmControl& a : c.arms) {
                    a.raise = 0.62;
                    a.plane = 1.35;
                    a.elbow = 2.15;
                    a.twist = 0.75;
                    a.wrist = 0.1;
                    a.curl = 0.22;
                    a.pronate = 0.6;
                }
                FootControl& f = c.foot(Side::Right);
                f.swing = 0.62;
                f.raise = 0.10;
                f.knee = 1.25;
                f.turn = 0.25;
                f.point = 1.0;
            });
        if (check_ - in_at > 1.6) {
            k.key(in_at + 0.35 * (check_ - in_at), [&](Controls&) {
             }).key(in_at + 0.62 * (check_ - in_at), [&](Controls& c) {  // arms grow overhead
                for (ArmControl& a : c.arms) {
                    a.raise = 2.85;
                    a.plane = 0.8;
                    a.elbow = 0.35;
                    a.twist = 0;
                    a.curl = 0.12;
                    a.wrist = 0.1;
                    a.pronate = 0.3;
                }
                FootControl& f = c.foot(Side::Right);
                f.swing = 0.35;
                f.knee = 0.75;
                c.head.y = -0.18;
            });
        }
        k.key(check_,
              [&](Controls& c) {
                  for (ArmControl& a : c.arms) {
                      a.raise = 1.35;
                      a.plane = 0.35;
                      a.elbow = 0.25;
                      a.twist = 0.1;
                  }
              })
            .key(length_ - 0.35,
                 [&](Controls& c) {  // check: free leg out behind, chest up, smile
                     for (ArmControl& a : c.arms) {
                         a.raise = 1.45;
                         a.plane = 0.10;
                         a.elbow = 0.10;
                         a.pronate = 0.6;
                         a.curl = 0.12;
                     }
                     c.arm(Side::Left).plane = 0.55;
                     FootControl& f = c.foot(Side::Right);
                     f.swing = -0.45;
                     f.raise = 0.20;
                     f.knee = 0.15;
                     f.turn = 0.6;
                     f.point = 0.9;
                     c.head = {0, -0.08, 0};
                     c.smile = 0.8;
                     c.com.z = 0.55 * h;
                 })
            .key(length_, [&](Controls& c) {
                c = stand;
                c.smile = 0.8;
                for (ArmControl& a : c.arms) {
                    a.raise = 1.0;
                    a.plane = 0.3;
                    a.elbow = 0.2;
                    a.curl = 0.12;
                    a.pronate = 0.5;
                }
            });
        keys_ = k.take();
        for (Key& key : keys_) key.c.alive = 0;
        keys_.back().c.alive = 1;
    }

    const FigureBody& body_;
    Home home_;
    double length_, push_end_ = 0.9, check_ = 4, momentum_ = 0, extra_ = 0;
    std::vector<Key> keys_;
    std::vector<double> angle_;
};

// Strokes: one leg pushes out and back while the other glides in a long curve.
class Skate : public Clip {
public:
    explicit Skate(const ClipRequest& r) : body_(*r.body), home_(r.home) {
        const double given = r.task.end_s > r.start_s ? r.task.end_s - r.start_s : 4.0;
        speed_ = r.task.speed.value_or(0);
        if (r.task.to) {
            const Vec3 way = *r.task.to - home_.at;
            distance_ = std::hypot(way.x, way.y);
            home_.heading = std::atan2(way.y, way.x);
            if (speed_ <= 0) speed_ = std::clamp(distance_ / std::max(0.8, given - 0.8), 0.8, 7.0);
        } else {
            if (speed_ <= 0) speed_ = 3.0;
            distance_ = speed_ * std::max(0.4, given - 0.8);
        }
        length_ = distance_ / speed_ + 0.8;
    }
    double length_s() const override { return length_; }
    Home end_home() const override { return {home_.out({distance_, 0, 0}), home_.heading}; }
    Controls at(double t_s) const override {
        const double h = body_.size.height;
        const double t = std::clamp(t_s, 0.0, length_);
        const double ease = smooth(t / 0.8) * smooth((length_ - t) / 0.9);
        const double x = gone(t);
        Controls c = stand_controls(body_);
        const double n = t / 0.62;  // strokes
        const double sway = std::cos(kPi * n), push = std::sin(kPi * n);
        c.pelvis += Vec3{x, 0.045 * h * sway * ease, -0.065 * h * ease};
        c.pitch = 0.38 * ease;
        c.spine = {-0.10 * sway * ease, 0.26 * ease, -0.22 * push * ease};
        c.head = {0, -0.48 * ease, 0.1 * push * ease};
        c.roll = 0.08 * sway * ease;
        c.alive = 1 - ease;
        for (const Side side : kSides) {
            const double s = side_sign(side);
            FootControl& foot = c.foot(side);
            // This leg pushes while the weight is on the other.
            const double away = std::max(0.0, -s * sway) * ease;
            foot.ball += Vec3{x - 0.20 * h * away, s * 0.16 * h * away, 0.045 * h * away * away};
            foot.yaw = s * (0.10 + 0.35 * away);
            foot.pitch = -0.25 * away;
            ArmControl& arm = c.arm(side);
            swing_arm(arm, 0.35 + 0.25 * ease, 0.05 + 0.85 * s * push * ease);
            arm.elbow = 0.30 + 0.35 * ease;
        }
        return placed(c, home_);
    }

private:
    double gone(double t) const {
        const auto ramp = [](double x) { return x * x * x - x * x * x * x / 2; };
        const double r = 0.8;
        if (t < r) return speed_ * r * ramp(t / r);
        if (t > length_ - r) return distance_ - speed_ * r * ramp((length_ - t) / r);
        return speed_ * (t - r / 2);
    }
    const FigureBody& body_;
    Home home_;
    double speed_ = 3, distance_ = 0, length_ = 1;
};

}  // namespace

std::unique_ptr<Clip> make_spin(const ClipRequest& r) { return std::make_unique<Spin>(r); }
std::unique_ptr<Clip> make_skate(const ClipRequest& r) { return std::make_unique<Skate>(r); }

}  // namespace world
