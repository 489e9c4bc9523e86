#include "world/figure/motion/performance.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "base/core/random.h"
#include "world/figure/motion/clip_kit.h"
#include "world/figure/viseme.h"

namespace world {
namespace {

using base::Quat;
using base::Transform;
using base::Vec3;

// Feet do not glide from one clip's place to the other's: they step, the left one first.
void step_between(Controls& c, const Controls& a, const Controls& b, double w) {
    for (int i = 0; i < 2; ++i) {
        const FootControl& from = a.feet[i];
        const FootControl& to = b.feet[i];
        const double gap = base::length(to.ball - from.ball);
        const double turn = std::abs(to.yaw - from.yaw);
        if (gap < 0.004 && turn < 0.02) continue;
        if (from.ball.z > 0.03 || to.ball.z > 0.03 || from.free > 0.1 || to.free > 0.1) continue;
        const double u = smooth(std::clamp((w - 0.5 * i) * 2.0, 0.0, 1.0));
        FootControl& foot = c.feet[i];
        foot.ball = base::lerp(from.ball, to.ball, u);
        foot.ball.z += std::min(0.05, 0.012 + 0.16 * gap + 0.03 * turn) * 4 * u * (1 - u);
        foot.yaw = from.yaw + (to.yaw - from.yaw) * u;
    }
}

// Smooth noise of one dimension, about -1 .. 1, a knot every second.
double drift(double t_s, uint64_t seed) {
    const double knot = std::floor(t_s);
    const auto value = [&](double k) {
        const uint64_t bits =
            base::hash_combine(seed, static_cast<uint64_t>(static_cast<int64_t>(k) + (1 << 20)));
        return static_cast<double>(bits >> 11) * 0x1p-52 - 1.0;
    };
    return base::lerp(value(knot), value(knot + 1), smoother(t_s - knot));
}

// Clips in which an arm only hangs, swings or talks: both, or the left one alone.
bool leaves_free(const std::string& clip, bool left) {
    constexpr std::string_view kBoth[] = {"stand",        "walk", "run",   "turn",  "look",
                                          "talk",         "nod",  "sit",   "skate", "ride",
                                          "disappointed", "bow",  "shrug", "jump"},
                               kLeft[] = {"wave", "drop", "throw", "toss", "kick", "point"};
    const auto is_in = [&](const auto& clips) {
        return std::find(std::begin(clips), std::end(clips), clip) != std::end(clips);
    };
    return is_in(kBoth) || (left && is_in(kLeft));
}

// 0 open .. 1 shut. Blinks come every 2.5 to 5 s, close in 0.07 s and open in 0.17 s.
double blink_at(double t_s, uint64_t seed) {
    constexpr double kCell = 3.7;
    double shut = 0;
    const double cell = std::floor(t_s / kCell);
    for (double k = cell - 1; k <= cell; ++k) {
        const uint64_t bits = base::hash_combine(
            seed ^ 0xb11c, static_cast<uint64_t>(static_cast<int64_t>(k) + (1 << 20)));
        const double start = kCell * k + 0.4 + 2.4 * static_cast<double>(bits >> 11) * 0x1p-53;
        const double age = t_s - start;
        if (age < 0 || age > 0.28) continue;
        shut = std::max(shut, age < 0.075 ? smooth(age / 0.075) : 1 - smooth((age - 0.10) / 0.17));
    }
    return shut;
}

}  // namespace

bool holds_left(const FigureModel& figure) {
    const auto all = [&](bool left) {
        return std::all_of(figure.tasks.begin(), figure.tasks.end(),
                           [&](const FigureTask& task) { return leaves_free(task.clip, left); });
    };
    return !all(false) && all(true);
}

void Performance::add(double start_s, double end_s, double blend_s, std::unique_ptr<Clip> clip,
                      bool hand_free) {
    segments_.push_back({start_s, end_s, blend_s, std::move(clip), hand_free});
}

Performance Performance::compile(const FigureModel& figure) {
    Performance out;
    out.body_ = std::make_shared<const FigureBody>(FigureBody::of(figure));
    out.visemes_ = figure.visemes;
    out.grip_ = figure.grip;
    out.left_ = holds_left(figure);
    Home home;
    home.at = {figure.place.translation.x, figure.place.translation.y, figure.place.translation.z};
    const Vec3 ahead = figure.place.rotation.rotate({1, 0, 0});
    home.heading = std::atan2(ahead.y, ahead.x);

    const auto request = [&](const char* clip, double start_s) {
        ClipRequest r;
        r.body = out.body_.get();
        r.home = home;
        r.task.clip = clip;
        r.task.start_s = start_s;
        r.start_s = start_s;
        return r;
    };
    out.add(-1e9, 1e9, 0, make_clip(request("stand", 0)));
    for (size_t i = 0; i < figure.tasks.size(); ++i) {
        const FigureTask& task = figure.tasks[i];
        double start = task.start_s;
        // Face what the task is about first, stepping around on the spot.
        std::optional<Vec3> face = task.to ? task.to : task.aim;
        const bool only_looks = task.clip == "look" || task.clip == "talk" ||
                                task.clip == "point" || task.clip == "stand" ||
                                task.clip == "wave" || task.clip == "sit" || task.clip == "lie";
        if (face && !only_looks) {
            const Vec3 to = *face - home.at;
            const double turn = wrap_angle(std::atan2(to.y, to.x) - home.heading);
            if (std::hypot(to.x, to.y) > 0.15 && std::abs(turn) > 0.35) {
                ClipRequest r = request("turn", start);
                r.task.speed = turn;
                std::unique_ptr<Clip> clip = make_clip(r);
                const double length = clip->length_s();
                home = clip->end_home();
                out.add(start, start + length, 0.12, std::move(clip));
                start += length;
            }
        }
        ClipRequest r;
        r.body = out.body_.get();
        r.home = home;
        r.task = task;
        r.start_s = start;
        std::unique_ptr<Clip> clip = make_clip(r);
        home = clip->end_home();
        const double own_end = start + clip->length_s();
        const double end = task.end_s > start ? std::max(task.end_s, start + 0.05) : own_end;
        const bool stays = clip->stays();
        const double blend = i == 0 && start <= 0 ? 0.0 : 0.28;
        out.add(start, end, blend, std::move(clip), leaves_free(task.clip, out.left_));
        const double next = i + 1 < figure.tasks.size() ? figure.tasks[i + 1].start_s : 1e9;
        const double rest_from = task.end_s > start && task.end_s < own_end ? end : own_end;
        if (!stays && next > rest_from + 0.25)
            out.add(rest_from, 1e9, 0.45, make_clip(request("stand", rest_from)));
    }
    for (size_t i = 0; i < out.segments_.size(); ++i) {
        const double until = i + 1 < out.segments_.size() ? out.segments_[i + 1].start_s : 1e9;
        for (Footfall fall : out.segments_[i].clip->footfalls()) {
            fall.t_s += out.segments_[i].start_s;
            if (fall.t_s <= until + 0.1) out.footfalls_.push_back(fall);
        }
    }
    std::stable_sort(out.footfalls_.begin(), out.footfalls_.end(),
                     [](const Footfall& a, const Footfall& b) { return a.t_s < b.t_s; });
    return out;
}

Controls Performance::controls_at(double t_s) const {
    size_t now = 0;
    for (size_t i = 0; i < segments_.size(); ++i)
        if (segments_[i].start_s <= t_s) now = i;
    // Blends may overlap: start from the last segment whose blend is over, then mix upward.
    size_t base_index = now;
    while (base_index > 0 && t_s - segments_[base_index].start_s < segments_[base_index].blend_s)
        --base_index;
    const auto sample = [&](size_t i) {
        const double origin = i == 0 ? 0.0 : segments_[i].start_s;
        return segments_[i].clip->at(t_s - origin);
    };
    Controls c = sample(base_index);
    double holds = segments_[base_index].hand_free ? 1 : 0;
    for (size_t i = base_index + 1; i <= now; ++i) {
        const Controls next = sample(i);
        const double u = (t_s - segments_[i].start_s) / segments_[i].blend_s;
        const Controls mixed = blend(c, next, smoother(u));
        holds = base::lerp(holds, segments_[i].hand_free ? 1.0 : 0.0,
                           std::clamp(smoother(u), 0.0, 1.0));
        Controls stepped = mixed;
        step_between(stepped, c, next, std::clamp(u, 0.0, 1.0));
        c = stepped;
    }
    c = breathe(c, t_s);
    return grip_ == Grip::None || holds <= 0 ? c : blend(c, hold(c), holds);
}

Controls Performance::hold(const Controls& c) const {
    const double h = body_->size.height;
    const Quat turn = Quat::from_axis_angle({0, 0, 1}, c.yaw);
    const auto put = [&](ArmControl& arm, Vec3 from_pelvis, Vec3 palm, Vec3 fingers) {
        for (Vec3* v : {&from_pelvis, &palm, &fingers}) {
            if (left_) v->y = -v->y;
        }
        reach(arm, c.pelvis + turn.rotate(from_pelvis * h), turn.rotate(palm),
              turn.rotate(fingers));
    };
    Controls held = c;
    ArmControl& arm = held.arm(left_ ? Side::Left : Side::Right);
    arm.elbow_toward = {-0.6, 0.35, -1};
    arm.thumb = 0.45;
    if (grip_ == Grip::Palm) {
        put(arm, {0.20, -0.11, 0.10}, {0, 0, 1}, {1, 0.25, 0});
        arm.curl = 0.30;
    } else if (grip_ == Grip::Fist) {
        put(arm, {0.17, -0.13, 0.12}, {0, 1, 0}, {1, 0.1, 0.1});
        arm.curl = 0.85;
    } else {
        put(arm, {0.01, -0.165, -0.075}, {0, 1, 0}, {0.1, 0, -1});
        arm.curl = 0.9;
    }
    return held;
}

Controls Performance::breathe(Controls c, double t_s) const {
    const double a = c.alive;
    if (a <= 0) return c;
    const uint64_t seed = body_->seed;
    const double offset = static_cast<double>(seed % 97) * 0.37;
    const double t = t_s + offset;
    // About 15 breaths a minute.
    const double breath = std::sin(2 * base::kPi * t / 4.1);
    c.spine.y -= a * 0.014 * breath;
    c.head.y += a * 0.010 * breath;
    for (ArmControl& arm : c.arms) {
        arm.shrug += a * 0.016 * breath;
        arm.elbow += a * 0.012 * breath;
    }
    const double h = body_->size.height;
    const Vec3 sway{a * 0.0030 * h * drift(t * 0.43, seed ^ 1),
                    a * 0.0065 * h * drift(t * 0.31, seed ^ 2), 0};
    c.pelvis += sway;
    c.roll += a * 0.016 * drift(t * 0.31 - 0.05, seed ^ 2);
    c.spine.x -= a * 0.020 * drift(t * 0.31 - 0.15, seed ^ 2);
    c.head.z += a * 0.10 * drift(t * 0.37, seed ^ 3);
    c.head.y += a * 0.03 * drift(t * 0.41, seed ^ 4);
    c.head.x += a * 0.03 * drift(t * 0.29, seed ^ 5);
    for (int i = 0; i < 2; ++i) {
        c.arms[i].curl += a * 0.05 * drift(t * 0.5, seed ^ (7 + static_cast<uint64_t>(i)));
        c.arms[i].raise += a * 0.012 * drift(t * 0.37, seed ^ (9 + static_cast<uint64_t>(i)));
    }
    return c;
}

JointPoses Performance::bones_at(double t_s) const {
    return solve_joints(*body_, controls_at(t_s));
}

JointPoses Performance::joints_at(double t_s) const {
    const Controls c = controls_at(t_s);
    JointPoses joints = solve_joints(*body_, c);

    // Things that trail. The skirt stands out with the spin and with the thighs below it; hair
    // hangs from where the head was a moment ago.
    constexpr double kLag = 0.10;
    const Controls earlier = controls_at(t_s - kLag);
    const JointPoses past = solve_joints(*body_, earlier);
    const Transform& pelvis = joints[kPelvis];
    Quat turned = pelvis.rotation * past[kPelvis].rotation.conjugate();
    if (turned.w < 0) turned = {-turned.x, -turned.y, -turned.z, -turned.w};
    const double spin = std::clamp((c.yaw - earlier.yaw) / kLag, -30.0, 30.0);
    // A hanging panel of length l at radius r in the balance of weight and centrifugal force.
    const double whirl = 0.68 * std::atan(spin * spin * 0.30 / 2.5 / kStandardGravity);
    const Vec3 drag = pelvis.rotation.conjugate().rotate(
                          (pelvis.translation - past[kPelvis].translation) / kLag) *
                      0.10;
    Vec3 thigh[2];
    for (const Side side : kSides) {
        const Transform& hip = joints[static_cast<size_t>(leg_joint(side, kThigh))];
        const Transform& knee = joints[static_cast<size_t>(leg_joint(side, kShin))];
        thigh[static_cast<int>(side)] =
            pelvis.rotation.conjugate().rotate(base::normalize(knee.translation - hip.translation));
    }
    for (int panel = 0; panel < 8; ++panel) {
        const double angle = panel * base::kPi / 4;
        const Vec3 out{std::cos(angle), std::sin(angle), 0};
        double flare = c.skirt + whirl;
        flare += std::clamp(-base::dot(drag, out), -0.10, 0.35);
        flare += std::clamp(0.6 * drag.z * -1.0, -0.05, 0.5);
        for (const Side side : kSides) {
            // The panel in front of a raised thigh lies on it.
            const Vec3 leg = thigh[static_cast<int>(side)];
            const double lean = std::atan2(base::dot(leg, out), std::max(0.05, -leg.z));
            const double own = 0.62 + 0.38 * std::clamp(out.y * side_sign(side) * 1.6, -1.0, 1.0);
            flare = std::max(flare, lean * own);
        }
        flare = std::clamp(flare, -0.12, 1.45);
        Transform& joint = joints[static_cast<size_t>(kSkirt0 + panel)];
        const Quat rest = body_->skeleton[static_cast<size_t>(kSkirt0 + panel)].rest.rotation;
        joint.rotation = pelvis.rotation * rest * Quat::from_axis_angle({0, 1, 0}, -flare);
    }
    const Transform& head = joints[kHead];
    const Quat behind = past[kHead].rotation;
    const Vec3 moved = (head.translation - past[kHead].translation) / kLag;
    const Vec3 local = head.rotation.conjugate().rotate(moved);
    // Down in the world seen from the head: long hair tries to hang.
    const Vec3 down = head.rotation.conjugate().rotate({0, 0, -1});
    Quat hang = Quat::between({0, 0, -1}, base::normalize(base::lerp(Vec3{0, 0, -1}, down, 0.6) -
                                                          local * 0.09 + Vec3{-0.001, 0, 0}));
    hang = base::slerp(Quat{}, hang, 0.75);
    const Quat lag = base::slerp(Quat{}, head.rotation.conjugate() * behind, 0.35);
    joints[kHair1].rotation = head.rotation * base::slerp(Quat{}, lag * hang, 0.6);
    joints[kHair2].translation = joints[kHair1].apply(body_->skeleton[kHair2].rest.translation);
    joints[kHair2].rotation = head.rotation * lag * hang;
    return joints;
}

FigureState Performance::state_at(double t_s) const {
    const Controls c = controls_at(t_s);
    JointPoses joints = joints_at(t_s);
    FigureState state;

    // Gaze: at what the clip looks at, else ahead, with small jumps of the eye.
    const Transform head = joints[kHead];
    const Vec3 eyes = head.apply(body_->skeleton[kEyeL].rest.translation * Vec3{1, 0, 1});
    Vec3 ahead = head.rotation.rotate({1, 0, -0.02});
    if (c.look_weight > 0)
        ahead = base::lerp(ahead, base::normalize(c.look_at - eyes), std::min(1.0, c.look_weight));
    const double fixation = std::floor(t_s * 1.35 + static_cast<double>(body_->seed % 13));
    const uint64_t bits = base::hash_combine(body_->seed ^ 0x5accade,
                                             static_cast<uint64_t>(static_cast<int64_t>(fixation)));
    const double jitter = c.look_weight > 0.5 ? 0.012 : 0.05;
    const Vec3 saccade{0, (static_cast<double>(bits & 1023u) / 511.5 - 1) * jitter,
                       (static_cast<double>((bits >> 10) & 1023u) / 511.5 - 1) * jitter * 0.5};
    Vec3 gaze = base::normalize(head.rotation.conjugate().rotate(ahead) + saccade);
    gaze.x = std::max(gaze.x, 0.55);  // eyes turn up to about 35 degrees
    gaze.y = std::clamp(gaze.y, -0.5, 0.5);
    gaze.z = std::clamp(gaze.z, -0.4, 0.35);
    gaze = base::normalize(gaze);
    state.gaze = head.rotation.rotate(gaze).cast<float>();
    for (const int eye : {static_cast<int>(kEyeL), static_cast<int>(kEyeR)})
        joints[static_cast<size_t>(eye)].rotation = head.rotation * Quat::between({1, 0, 0}, gaze);

    state.blink =
        static_cast<float>(std::clamp(std::max(c.blink, blink_at(t_s, body_->seed)), 0.0, 1.0));
    state.smile = static_cast<float>(std::clamp(c.smile, -1.0, 1.0));
    state.brow = static_cast<float>(
        std::clamp(c.brow + 0.06 * drift(t_s * 0.6, body_->seed ^ 21), -1.0, 1.0));
    // Mouth: the viseme of now, its opening eased over 70 ms as lips do.
    double jaw = c.jaw;
    if (!visemes_.empty()) {
        double mean = 0;
        Vec3 lips{};
        for (int i = -2; i <= 2; ++i) {
            const double at = t_s + 0.018 * i;
            int viseme = 0;
            for (const auto& [time, shape] : visemes_) {
                if (time > at) break;
                viseme = shape;
            }
            if (i == 0) state.viseme = viseme;
            const MouthShape shape = mouth_shape(viseme);
            mean += shape.open / 5;
            lips += Vec3{shape.forward, shape.wide, shape.upper} * (0.01 / 5);
        }
        jaw = std::max(jaw, mean);
        joints[kMouth].translation += head.rotation.rotate(lips);
    }
    state.jaw = static_cast<float>(std::clamp(jaw, 0.0, 1.0));
    const Transform jaw_rest = body_->skeleton[kJaw].rest;
    joints[kJaw] = head * jaw_rest;
    joints[kJaw].rotation =
        head.rotation * Quat::from_axis_angle({0, 1, 0}, 0.30 * static_cast<double>(state.jaw));

    state.joints.resize(kFigureJointCount);
    for (size_t j = 0; j < state.joints.size(); ++j)
        state.joints[j] = {joints[j].translation.cast<float>(), joints[j].rotation.cast<float>()};
    return state;
}

}  // namespace world
