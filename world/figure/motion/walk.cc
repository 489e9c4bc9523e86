// Standing, walking, running and turning on the spot.
//
// A gait is a function of the distance covered, not of time: foot k stands at k times the step
// length until the body has gone by, so feet cannot slide at any speed. Step length after Grieve
// 1968 (proportional to the root of the speed); duty factors of walk and run as in Alexander 1992.
#include <cmath>

#include "world/figure/motion/clip_kit.h"

namespace world {
namespace {

using base::kPi;
using base::Vec3;

class Stand : public Clip {
public:
    explicit Stand(const ClipRequest& r) : home_(r.home), c_(stand_controls(*r.body)) {
        if (r.task.aim) {
            c_.look_weight = 1;
            c_.look_at = r.home.in(*r.task.aim);
        }
    }
    Controls at(double) const override { return placed(c_, home_); }
    double length_s() const override { return 2; }
    Home end_home() const override { return home_; }

private:
    Home home_;
    Controls c_;
};

class Walk : public Clip {
public:
    Walk(const ClipRequest& r, bool run) : body_(*r.body), home_(r.home), run_(run) {
        const double h = body_.size.height;
        const double given = r.task.end_s > r.start_s ? r.task.end_s - r.start_s : 0;
        ramp_ = run ? 0.7 : 0.5;
        speed_ = r.task.speed.value_or(0);
        if (r.task.to) {
            const Vec3 way = *r.task.to - home_.at;
            distance_ = std::hypot(way.x, way.y);
            if (distance_ > 0.05) home_.heading = std::atan2(way.y, way.x);
            if (speed_ <= 0 && given > 0) speed_ = distance_ / std::max(0.6, given - ramp_);
            if (speed_ <= 0) speed_ = run ? 3.4 : 1.3;
            speed_ = std::clamp(speed_, run ? 1.8 : 0.45, run ? 8.5 : 2.2);
        } else {
            if (speed_ <= 0) speed_ = run ? 3.4 : 1.3;
            distance_ = speed_ * std::max(0.2, (given > 0 ? given : 3.0) - ramp_);
        }
        ramp_ = std::min(ramp_, distance_ / speed_);
        length_ = distance_ / speed_ + ramp_;
        const double step = run ? 0.44 * h * std::pow(speed_, 0.55) * 0.72
                                : 0.375 * h * std::sqrt(speed_ / 1.2) / 0.95;
        steps_ = std::max(1, static_cast<int>(std::lround(distance_ / step)));
        step_ = distance_ / steps_;
        double_support_ = run ? -0.32 : 0.22;
        if (r.task.aim) {
            look_ = true;
            aim_ = *r.task.aim;
        }
    }

    double length_s() const override { return length_; }
    Home end_home() const override { return {home_.out({distance_, 0, 0}), home_.heading}; }

    Controls at(double t_s) const override {
        const double h = body_.size.height;
        const double n = gone(t_s) / step_;          // steps gone
        const double pace = speed_at(t_s) / speed_;  // 0 at rest .. 1
        Controls c = stand_controls(body_);
        const double start_pelvis = c.pelvis.x;
        c.alive = 1 - 0.8 * pace;
        const double stride = std::min(1.0, step_ / (run_ ? 0.75 * h : 0.42 * h));
        const double swing = std::sin(kPi * n), sway = std::cos(kPi * n);
        c.pelvis = {start_pelvis + gone(t_s), (run_ ? 0.006 : 0.013) * h * sway * pace, c.pelvis.z};
        if (run_) {
            c.pelvis.z += pace * h * (-0.040 + 0.022 * std::cos(2 * kPi * (n - 0.34)));
            c.pitch = 0.10 * pace + 0.02 * speed_ * pace;
            c.spine.y += 0.10 * pace;
            c.head.y -= 0.16 * pace;
        } else {
            c.pelvis.z -= pace * h *
                          (0.010 + 0.030 * stride * stride + 0.010 * std::cos(2 * kPi * (n + 0.5)));
            c.pitch = 0.03 * pace;
            c.spine.y += 0.025 * pace;
            c.head.y -= 0.03 * pace;
        }
        c.yaw = (run_ ? 0.16 : 0.12) * stride * swing * pace;
        c.roll = (run_ ? 0.05 : 0.045) * sway * pace;
        c.spine.x -= (run_ ? 0.07 : 0.055) * sway * pace;
        c.spine.z = -(run_ ? 2.4 : 2.0) * c.yaw;
        c.head.z = 0.9 * c.yaw;
        for (const Side side : kSides) {
            const double s = side_sign(side);
            // Arms answer a little late, the forearm later still.
            const double lead = s * std::sin(kPi * (n - 0.07)) * pace;
            const double late = s * std::sin(kPi * (n - 0.16)) * pace;
            ArmControl& arm = c.arm(side);
            if (run_) {
                swing_arm(arm, 0.20, 0.05 + 0.85 * stride * lead);
                arm.elbow = 0.24 + pace * (1.35 + 0.25 * late);
                arm.twist = 0.22 + pace * (0.30 + 0.20 * lead);
                arm.curl = 0.28 + 0.35 * pace;
                arm.thumb = 0.2 + 0.4 * pace;
            } else {
                swing_arm(arm, 0.15, 0.04 + 0.52 * stride * lead);
                arm.elbow = 0.24 + pace * (0.10 + 0.20 * late);
                arm.wrist = 0.08 * late;
            }
            place_foot(c.foot(side), side, n, pace);
        }
        if (look_) {
            c.look_weight = 1;
            c.look_at = home_.in(aim_);
        }
        return placed(c, home_);
    }

    std::vector<Footfall> footfalls() const override {
        std::vector<Footfall> falls;
        for (int k = 1; k <= steps_ + 1; ++k) {
            const Side side = k % 2 == 1 ? Side::Right : Side::Left;
            const double n = k <= steps_ ? k - 0.5 : steps_;
            Vec3 at = stand_controls(body_).foot(side).ball;
            at.x += std::min(k, steps_) * step_;
            falls.push_back({time_of(n * step_), side, home_.out(at),
                             run_ ? 0.6 + 0.25 * speed_ : 0.35 + 0.35 * speed_});
        }
        return falls;
    }

private:
    // Speed rises and falls along smoothsteps of `ramp_` seconds.
    double gone(double t) const {
        const auto ramp = [](double x) { return x * x * x - x * x * x * x / 2; };
        if (t <= 0) return 0;
        if (t >= length_) return distance_;
        if (t < ramp_) return speed_ * ramp_ * ramp(t / ramp_);
        if (t > length_ - ramp_) return distance_ - speed_ * ramp_ * ramp((length_ - t) / ramp_);
        return speed_ * (t - ramp_ / 2);
    }
    double speed_at(double t) const {
        return speed_ * smooth(t / ramp_) * smooth((length_ - t) / ramp_);
    }
    double time_of(double distance) const {
        double low = 0, high = length_;
        for (int i = 0; i < 50; ++i) {
            const double middle = (low + high) / 2;
            (gone(middle) < distance ? low : high) = middle;
        }
        return (low + high) / 2;
    }

    void place_foot(FootControl& foot, Side side, double n, double pace) const {
        const double h = body_.size.height;
        const double x0 = foot.ball.x;
        // The landing that this foot goes to next, or stands on when between two swings.
        int k = side == Side::Right ? 1 : 2;
        const auto lands = [&](int index) {
            return index <= steps_ ? index - 0.5 : static_cast<double>(steps_);
        };
        while (k + 2 <= steps_ + 1 && n > lands(k)) k += 2;
        const double from = k - 2 <= 0 ? 0 : (k - 2) * step_;
        const double to = std::min(k, steps_) * step_;
        const double begin = std::max(k == 1 ? 0.0 : k - 1.5 + double_support_, 0.0),
                     end = lands(k);
        const double width = run_ ? 0.55 : 0.80;  // tracks nearer than in standing
        const double y0 = foot.ball.y, yaw0 = foot.yaw;
        // The first and the last stand are as wide as standing.
        const auto at_index = [&](double index) {
            const bool still = index <= 0 || index >= steps_;
            foot.ball.y = y0 * (still ? 1.0 : width);
            foot.yaw = yaw0 * (still ? 1.0 : 0.5);
        };
        at_index(k - 2);
        if (k > steps_ + 1 || n <= begin) {
            foot.ball.x = x0 + from;
            // Just landed: the sole rolls down from the heel.
            const double since = n - (k - 2 <= 0 ? -9 : lands(k - 2));
            if (!run_) foot.pitch = 0.30 * pace * (1 - smooth(since / 0.20));
            // About to leave: the heel comes up.
            const double left = begin - n;
            foot.pitch -= (run_ ? 0.5 : 0.42) * pace * (1 - smooth(left / 0.38));
            return;
        }
        if (n >= end) {
            at_index(k);
            foot.ball.x = x0 + to;
            const double since = n - end;
            if (!run_) foot.pitch = 0.30 * pace * (1 - smooth(since / 0.20));
            return;
        }
        const double u = (n - begin) / (end - begin);
        const double eased = base::lerp(u, smooth(u), run_ ? 0.75 : 0.85);
        foot.ball.x = x0 + base::lerp(from, to, eased);
        const double y_from = foot.ball.y, yaw_from = foot.yaw;
        at_index(k);
        foot.ball.y = base::lerp(y_from, foot.ball.y, eased);
        foot.yaw = base::lerp(yaw_from, foot.yaw, eased);
        const double bump = std::sin(kPi * std::pow(u, 0.75));
        const double reach = std::min(1.0, step_ / (0.4 * h));
        if (run_) {
            foot.ball.z = h * (0.03 + 0.17 * reach * pace) * bump * (1 - 0.25 * u);
            foot.pitch = -0.5 * pace - 0.75 * pace * std::sin(kPi * std::min(1.0, u * 1.25)) +
                         0.55 * pace * smooth((u - 0.5) / 0.5);
        } else {
            foot.ball.z = h * (0.020 + 0.022 * reach) * bump;
            const double up = smooth((u - 0.35) / 0.6);
            foot.pitch = pace * base::lerp(-0.42 - 0.25 * std::sin(kPi * u), 0.30, up);
        }
    }

    const FigureBody& body_;
    Home home_;
    bool run_, look_ = false;
    Vec3 aim_;
    double speed_ = 1, distance_ = 0, ramp_ = 0.5, length_ = 1, step_ = 0.7, double_support_ = 0.2;
    int steps_ = 1;
};

class Turn : public Clip {
public:
    explicit Turn(const ClipRequest& r)
        : body_(*r.body), home_(r.home), angle_(r.task.speed.value_or(0)) {
        pairs_ = std::max(1, static_cast<int>(std::ceil(std::abs(angle_) / 1.1)));
        length_ = 0.46 * pairs_ + 0.06;
    }
    double length_s() const override { return length_; }
    Home end_home() const override { return {home_.at, home_.heading + angle_}; }
    Controls at(double t_s) const override {
        const double u = std::clamp(t_s / length_, 0.0, 1.0);
        Controls c = stand_controls(body_);
        const Controls still = c;
        const double body_turn = angle_ * smoother(u);
        c = placed(c, {{}, body_turn});
        c.head.z +=
            (angle_ > 0 ? 1 : -1) * 0.35 * std::sin(kPi * std::min(1.0, u * 1.3)) * (u < 0.77);
        c.pelvis.z -= 0.008 * body_.size.height * std::sin(kPi * u);
        for (const Side side : kSides) {
            // The foot on the inside of the turn goes first.
            const bool first = (angle_ > 0) == (side == Side::Left);
            double done = 0, lift = 0;
            for (int i = 0; i < pairs_; ++i) {
                const double begin = (i + (first ? 0.0 : 0.5)) / pairs_;
                const double v = std::clamp((u - begin) * pairs_ / 0.5, 0.0, 1.0);
                done += smooth(v) / pairs_;
                if (v > 0 && v < 1) lift = 4 * v * (1 - v);
            }
            const Home turned{{}, angle_ * done};
            FootControl& foot = c.foot(side);
            foot.ball = turned.out(still.foot(side).ball);
            foot.yaw = still.foot(side).yaw + angle_ * done;
            foot.ball.z = 0.028 * body_.size.height * lift;
        }
        return placed(c, home_);
    }
    std::vector<Footfall> footfalls() const override {
        std::vector<Footfall> falls;
        for (int i = 0; i < 2 * pairs_; ++i) {
            const Side side = (angle_ > 0) == (i % 2 == 0) ? Side::Left : Side::Right;
            falls.push_back({length_ * (i + 1) * 0.5 / pairs_, side, home_.at, 0.35});
        }
        return falls;
    }

private:
    const FigureBody& body_;
    Home home_;
    double angle_, length_;
    int pairs_;
};

}  // namespace

std::unique_ptr<Clip> make_stand(const ClipRequest& r) { return std::make_unique<Stand>(r); }
std::unique_ptr<Clip> make_walk(const ClipRequest& r, bool run) {
    return std::make_unique<Walk>(r, run);
}
std::unique_ptr<Clip> make_turn(const ClipRequest& r) { return std::make_unique<Turn>(r); }

}  // namespace world
