#include "studio/director/camera/plan.h"

#include <algorithm>
#include <cmath>

#include "base/core/random.h"
#include "studio/director/staging/workshop.h"

namespace studio {
namespace {

using base::Vec3;
using script::CameraMove;
using script::Framing;

constexpr double kFilmWidth_mm = 36;  // full frame

struct View {
    Vec3 eye, target, up{0, 0, 1};
    double lens_mm = 35;
};

struct Basis {
    Vec3 forward, right, up;
};

Basis basis_of(Vec3 forward, Vec3 up) {
    Basis b;
    b.forward = base::normalize(forward);
    b.right = base::cross(b.forward, up);
    if (base::length(b.right) < 1e-3) b.right = base::cross(b.forward, Vec3{0, 1, 0});
    b.right = base::normalize(b.right);
    b.up = base::cross(b.right, b.forward);
    return b;
}

// Spheres to be kept in the picture.
struct Keep {
    Vec3 centre;
    double radius;
};

struct Framed {
    std::vector<Keep> keep;  // all of it over the shot
    Vec3 main_mean;          // of the heaviest interest
    double main_radius = 0.3;
};

double half_tan(double lens_mm) { return 0.5 * kFilmWidth_mm / lens_mm; }

// Eye on the line target - forward * d such that every sphere fits. The target is moved to the
// middle of what is kept, in the picture plane.
View fit(const std::vector<Keep>& keep, Vec3 forward, Vec3 up, double lens_mm, double aspect,
         double margin) {
    const Basis b = basis_of(forward, up);
    const double tx = half_tan(lens_mm) / margin, ty = half_tan(lens_mm) / aspect / margin;
    // Each side plane of the frustum gives a bound (as in a tight frustum fit): for direction
    // s * x / (z + d) <= t. Solve left/right and up/down separately, take the larger distance.
    double right = -1e300, left = -1e300, top = -1e300, bottom = -1e300, nearest = 1e300;
    const double nx = std::sqrt(1 + tx * tx), ny = std::sqrt(1 + ty * ty);
    for (const Keep& k : keep) {
        const double x = base::dot(k.centre, b.right), y = base::dot(k.centre, b.up),
                     z = base::dot(k.centre, b.forward);
        right = std::max(right, x + k.radius * nx - tx * z);
        left = std::max(left, -x + k.radius * nx - tx * z);
        top = std::max(top, y + k.radius * ny - ty * z);
        bottom = std::max(bottom, -y + k.radius * ny - ty * z);
        nearest = std::min(nearest, z - k.radius);
    }
    // Eye at (ex, ey, ez): x - ex <= tx (z - ez) for all  =>  right <= ex - tx ez, left <= -ex - tx
    // ez.
    double ez = std::min(-(right + left) / (2 * tx), -(top + bottom) / (2 * ty));
    ez = std::min(ez, nearest - 0.05);
    const double ex = 0.5 * (right - left), ey = 0.5 * (top - bottom);
    View v;
    v.eye = b.right * ex + b.up * ey + b.forward * ez;
    double centre_z = 0;
    for (const Keep& k : keep) centre_z += base::dot(k.centre, b.forward);
    centre_z /= static_cast<double>(std::max<size_t>(1, keep.size()));
    v.target = v.eye + b.forward * std::max(0.1, centre_z - ez);
    v.up = up;
    v.lens_mm = lens_mm;
    return v;
}

// Weighted: interests below `least_weight` are not kept.
Framed gather(const std::vector<InterestTrack>& tracks, double least_weight, size_t first_frame,
              size_t last_frame) {
    Framed framed;
    double best = -1;
    for (const InterestTrack& track : tracks) {
        const size_t end = std::min(last_frame + 1, track.centre.size());
        Vec3 mean{};
        size_t count = 0;
        for (size_t i = std::min(first_frame, end); i < end; i += 2) {
            if (!track.visible[i]) continue;
            const Vec3 c = track.centre[i].cast<double>();
            mean += c;
            ++count;
            if (track.interest.weight >= least_weight)
                framed.keep.push_back({c, track.interest.radius_m});
        }
        if (count > 0 && track.interest.weight > best) {
            best = track.interest.weight;
            framed.main_mean = mean / static_cast<double>(count);
            framed.main_radius = track.interest.radius_m;
        }
    }
    return framed;
}

// What flies far away must not shrink the picture to nothing: drops outliers.
void trim(std::vector<Keep>& keep) {
    if (keep.size() < 20) return;
    Vec3 mean{};
    for (const Keep& k : keep) mean += k.centre;
    mean = mean / static_cast<double>(keep.size());
    std::stable_sort(keep.begin(), keep.end(), [&](const Keep& a, const Keep& b) {
        return base::length_squared(a.centre - mean) < base::length_squared(b.centre - mean);
    });
    const double typical = base::length(keep[keep.size() * 9 / 10].centre - mean);
    while (keep.size() > 20 && base::length(keep.back().centre - mean) > 4.0 * typical + 0.05)
        keep.pop_back();
}

Vec3 clamp_into(const base::Bounds& bounds, Vec3 p) {
    if (bounds.empty()) return p;
    return base::min(base::max(p, bounds.low), bounds.high);
}

double smooth(double t) {
    t = std::clamp(t, 0.0, 1.0);
    return t * t * (3 - 2 * t);
}

// Forward direction of the shot before fitting.
Vec3 view_direction(const script::Shot& shot, const ShotStage& stage) {
    const Vec3 from_set = base::normalize(stage.set.camera_target - stage.set.camera_eye);
    switch (shot.camera.framing) {
        case Framing::Top: return {0, 0.02, -1};
        case Framing::Low: {
            Vec3 d = from_set;
            d.z = 0.12;
            return base::normalize(d);
        }
        default: break;
    }
    Vec3 d = stage.view_direction ? *stage.view_direction : from_set;
    // Neither flat nor from the roof: 8 to 30 degrees down reads best.
    const double flat = std::hypot(d.x, d.y);
    const double slope = std::clamp(-d.z / std::max(1e-6, flat), 0.10, 0.62);
    d = {d.x / flat, d.y / flat, -slope};
    return base::normalize(d);
}

double framing_margin(Framing framing) {
    switch (framing) {
        case Framing::ExtremeWide: return 3.2;
        case Framing::Wide: return 1.9;
        case Framing::Medium: return 1.15;
        case Framing::CloseUp: return 1.12;
        case Framing::ExtremeCloseUp: return 0.75;
        default: return 1.17;
    }
}

double framing_lens(Framing framing) {
    switch (framing) {
        case Framing::ExtremeWide: return 21;
        case Framing::Wide: return 27;
        case Framing::CloseUp: return 60;
        case Framing::ExtremeCloseUp: return 85;
        default: return 38;
    }
}

// f-number by framing: close views have a shallow field, wide ones are sharp.
double framing_aperture(const script::Camera& camera) {
    if (camera.depth_of_field_f) return *camera.depth_of_field_f;
    switch (camera.framing) {
        case Framing::CloseUp: return 5.6;
        case Framing::ExtremeCloseUp: return 4.0;
        default: return 0;
    }
}

// Handheld: a walking-pace wander of the direction, sums of incommensurate sines (about 0.4 deg).
Vec3 wander(double t, uint64_t seed) {
    const double p = static_cast<double>(seed % 1000) * 0.017;
    return {0.0045 * std::sin(1.9 * t + p) + 0.0025 * std::sin(4.7 * t + 2 * p), 0.0,
            0.0040 * std::sin(2.3 * t + 3 * p) + 0.0022 * std::sin(5.3 * t + p)};
}

struct MoveState {
    double dolly = 0, orbit = 0, rise = 0, zoom = 1;
    Vec3 pan{};
};

MoveState move_at(CameraMove move, double t01) {
    const double s = smooth(t01), h = s - 0.5;
    switch (move) {
        case CameraMove::DollyIn: return {.dolly = 0.38 * s};
        case CameraMove::DollyOut: return {.dolly = 0.38 * (1 - s) - 0.2 * s};
        case CameraMove::PanLeft: return {.pan = {-0.35 * h, 0, 0}};
        case CameraMove::PanRight: return {.pan = {0.35 * h, 0, 0}};
        case CameraMove::TiltUp: return {.pan = {0, 0, 0.28 * h}};
        case CameraMove::TiltDown: return {.pan = {0, 0, -0.28 * h}};
        case CameraMove::Orbit: return {.orbit = 1.1 * h};
        case CameraMove::CraneUp: return {.rise = 0.55 * s};
        case CameraMove::CraneDown: return {.rise = 0.55 * (1 - s)};
        case CameraMove::ZoomIn: return {.zoom = 1 + 0.7 * s};
        case CameraMove::ZoomOut: return {.zoom = 1.7 - 0.7 * s};
        default: return {};
    }
}

const InterestTrack* main_track(const std::vector<InterestTrack>& tracks) {
    const InterestTrack* best = nullptr;
    for (const InterestTrack& t : tracks) {
        if (t.centre.empty()) continue;
        if (best == nullptr || t.interest.weight > best->interest.weight) best = &t;
    }
    return best;
}

// One thing that crosses many times its size of ground, with nothing else to look at: the camera
// goes along, or it would be a dot.
bool travels_alone(const std::vector<InterestTrack>& tracks, const InterestTrack& subject) {
    base::Boundsf ground;
    for (const base::Vec3f& c : subject.centre) ground.add(base::Vec3f{c.x, c.y, 0});
    const base::Vec3f size = ground.size();
    const double travel = std::hypot(size.x, size.y);
    if (travel < 1.5 || travel < 7 * subject.interest.radius_m) return false;
    return std::none_of(tracks.begin(), tracks.end(), [&](const InterestTrack& t) {
        return &t != &subject && t.interest.weight >= 0.55;
    });
}

// Goes the same way at about the same time: two that roll down side by side.
bool goes_along(const InterestTrack& track, const InterestTrack& subject) {
    if (track.interest.kind != Interest::Kind::Body || track.centre.empty()) return false;
    const size_t when = std::min(track.centre.size(), subject.centre.size()) * 6 / 10;
    const double way = base::length((subject.centre[when] - subject.centre.front()).cast<double>());
    const double apart = base::length((track.centre[when] - subject.centre[when]).cast<double>());
    const double own = base::length((track.centre[when] - track.centre.front()).cast<double>());
    return own > 0.5 * way && apart < 0.35 * way;
}

bool goes_nowhere(const InterestTrack& track) {
    return !track.centre.empty() &&
           base::length((track.centre.back() - track.centre.front()).cast<double>()) <
               track.interest.radius_m;
}

// Does the segment from `eye` to `point` pass through the box?
bool crosses(const base::Bounds& box, Vec3 eye, Vec3 point) {
    double enter = 0, leave = 1;
    const Vec3 way = point - eye;
    for (int k = 0; k < 3; ++k) {
        if (std::abs(way[k]) < 1e-9) {
            if (eye[k] < box.low[k] || eye[k] > box.high[k]) return false;
            continue;
        }
        const double a = (box.low[k] - eye[k]) / way[k], b = (box.high[k] - eye[k]) / way[k];
        enter = std::max(enter, std::min(a, b));
        leave = std::min(leave, std::max(a, b));
    }
    return enter < leave;
}

// Boxes around furniture and the like: what may stand between the camera and its subject. Rooms'
// shells and whatever is watched itself are left out.
std::vector<base::Bounds> obstacles(const ShotStage& stage,
                                    const std::vector<InterestTrack>& tracks) {
    std::vector<base::Bounds> boxes;
    for (size_t i = 0; i < stage.scene.bodies.size(); ++i) {
        const world::Body& body = stage.scene.bodies[i];
        if (!body.shape || body.hidden || body.shape->bounds.empty()) continue;
        const bool watched = std::any_of(tracks.begin(), tracks.end(), [&](const auto& t) {
            return t.interest.kind == Interest::Kind::Body &&
                   t.interest.index == static_cast<int>(i);
        });
        if (watched || body.motion == world::Motion::Driven) continue;
        const base::Bounds box = box_of(body);
        const Vec3 size = box.size();
        if (std::max(size.x, size.y) > 3.0 || size.z < 0.15) continue;
        boxes.push_back(box);
    }
    return boxes;
}

// How many of the subject's places are hidden from `eye`.
int hidden_places(const std::vector<base::Bounds>& boxes, const InterestTrack& subject, Vec3 eye) {
    int hidden = 0;
    constexpr size_t kLooks = 12;
    const size_t count = subject.centre.size();
    for (size_t n = 0; n < kLooks && count > 0; ++n) {
        const size_t i = n * (count - 1) / (kLooks - 1);
        if (!subject.visible[i]) continue;
        const Vec3 p = subject.centre[i].cast<double>();
        hidden += std::any_of(boxes.begin(), boxes.end(), [&](const base::Bounds& box) {
            const bool around = p.x > box.low.x && p.x < box.high.x && p.y > box.low.y &&
                                p.y < box.high.y && p.z > box.low.z && p.z < box.high.z;
            return !around && crosses(box, eye, p);
        });
    }
    return hidden;
}

// Path of the main subject, smoothed with a window of 0.6 s so that the camera breathes with it.
std::vector<Vec3> smoothed_path(const InterestTrack& track, double fps) {
    const int half = std::max(1, static_cast<int>(0.3 * fps));
    const int count = static_cast<int>(track.centre.size());
    std::vector<Vec3> path(track.centre.size());
    for (int i = 0; i < count; ++i) {
        Vec3 sum{};
        double weights = 0;
        for (int k = -half; k <= half; ++k) {
            const double w = 1 - std::abs(k) / (half + 1.0);
            sum += track.centre[std::clamp(i + k, 0, count - 1)].cast<double>() * w;
            weights += w;
        }
        path[i] = sum / weights;
    }
    return path;
}

// Of many alike things (dominoes, blocks, pins): where it happens, the mean place of what moves,
// weighed by speed, smoothed over a second. Empty: few things, or it stays in one place.
std::vector<Vec3> action_path(const std::vector<InterestTrack>& tracks, double fps) {
    size_t frames = 0, many = 0;
    double radius = 0;
    for (const InterestTrack& t : tracks) {
        if (t.interest.kind != Interest::Kind::Body || t.interest.weight < 0.6) continue;
        ++many;
        frames = std::max(frames, t.centre.size());
        radius = std::max(radius, t.interest.radius_m);
    }
    if (many < 6 || frames < 2) return {};
    InterestTrack where;
    bool known = false;
    base::Vec3f last{};
    size_t quiet = 0;
    for (size_t i = 0; i < frames; ++i) {
        base::Vec3f sum{};
        float weights = 0;
        for (const InterestTrack& t : tracks) {
            if (t.interest.kind != Interest::Kind::Body || t.interest.weight < 0.6) continue;
            const size_t j = std::min(i + 1, t.centre.size() - 1), k = j > 0 ? j - 1 : 0;
            const auto speed =
                static_cast<float>(base::length((t.centre[j] - t.centre[k]).cast<double>()) * fps);
            const float w = speed > 0.02f ? std::min(speed, 2.f) : 0.f;
            sum += t.centre[k] * w;
            weights += w;
        }
        if (weights > 0) {
            last = sum * (1 / weights);
            if (!known) quiet = i;
            known = true;
        }
        where.centre.push_back(last);
    }
    if (!known) return {};
    for (size_t i = 0; i < quiet; ++i) where.centre[i] = where.centre[quiet];
    const std::vector<Vec3> path = smoothed_path(where, 0.6 * fps * 2);
    base::Bounds extent;
    for (const Vec3& p : path) extent.add(p);
    return base::length(extent.size()) > 2.5 * radius ? path : std::vector<Vec3>{};
}

// One small thing that falls or rises many times its size: the camera is close and tilts with it.
// Where it looks stays between the lowest and the highest place, so that the ground is in the
// picture when the thing lands. Empty: it is no such shot.
std::vector<Vec3> tilt_path(const std::vector<InterestTrack>& tracks, const InterestTrack& subject,
                            double fps, double& half_height_m) {
    base::Boundsf all;
    for (size_t i = 0; i < subject.centre.size(); ++i) {
        if (subject.visible[i]) all.add(subject.centre[i]);
    }
    if (all.empty()) return {};
    const double rise = all.size().z, radius = subject.interest.radius_m;
    if (rise < 10 * radius || std::hypot(all.size().x, all.size().y) > 0.4 * rise) return {};
    for (const InterestTrack& t : tracks) {
        if (&t == &subject || t.interest.weight < 0.35) continue;
        // The place where it lands is no other subject.
        const Vec3 away = t.interest.point - subject.centre.front().cast<double>();
        if (t.interest.kind != Interest::Kind::Point || std::hypot(away.x, away.y) > 0.3 * rise)
            return {};
    }
    // From a roof the picture goes down with it; all of the way would make it a dot.
    half_height_m = std::max(std::min(0.27 * rise, 1.4), 4 * radius);
    const double low = all.low.z + 0.75 * half_height_m, high = all.high.z - 0.5 * half_height_m;
    std::vector<Vec3> path = smoothed_path(subject, fps);
    for (Vec3& p : path) p.z = std::clamp(p.z, std::min(low, high), std::max(low, high));
    return path;
}

}  // namespace

render::Camera CameraPlan::at(double frame) const {
    const double f = std::clamp(frame, 0.0, static_cast<double>(keys.size() - 1));
    const size_t i = std::min(static_cast<size_t>(f), keys.size() - 1);
    const size_t j = std::min(i + 1, keys.size() - 1);
    const double t = f - static_cast<double>(i);
    const render::Camera &a = keys[i], &b = keys[j];
    render::Camera c = a;
    c.eye = base::lerp(a.eye, b.eye, t);
    c.target = base::lerp(a.target, b.target, t);
    c.up = base::normalize(base::lerp(a.up, b.up, t));
    c.lens_mm = base::lerp(a.lens_mm, b.lens_mm, t);
    c.focus_m = base::lerp(a.focus_m, b.focus_m, t);
    c.f_number = a.f_number;
    return c;
}

CameraPlan plan_camera(const script::Shot& shot, const ShotStage& stage,
                       const std::vector<InterestTrack>& seen_tracks, double fps, double aspect,
                       uint64_t seed) {
    // What has sunk needs no place in the picture.
    std::vector<InterestTrack> tracks = seen_tracks;
    if (stage.scene.water) {
        const auto deep = static_cast<float>(stage.scene.water->level_z_m - 0.3);
        for (InterestTrack& t : tracks) {
            for (size_t i = 0; i < t.centre.size(); ++i) {
                if (t.centre[i].z < deep) t.visible[i] = false;
            }
        }
    }
    // A ball that flies far from the people who play with it must not make dots of them.
    if (const InterestTrack* main = main_track(tracks);
        main != nullptr && main->interest.kind == Interest::Kind::Figure) {
        const double far_m = std::max(3.5, 2.6 * 2 * main->interest.radius_m);
        for (InterestTrack& t : tracks) {
            if (t.interest.kind != Interest::Kind::Body) continue;
            for (size_t i = 0; i < t.centre.size(); ++i) {
                const base::Vec3f who = main->centre[std::min(i, main->centre.size() - 1)];
                if (base::length((t.centre[i] - who).cast<double>()) > far_m) t.visible[i] = false;
            }
        }
    }
    size_t frames = 1;
    for (const InterestTrack& t : tracks) frames = std::max(frames, t.centre.size());
    const Framing framing = shot.camera.framing;
    Vec3 forward = view_direction(shot, stage);
    const Vec3 up = framing == Framing::Top ? Vec3{0, 1, 0} : Vec3{0, 0, 1};
    const double lens = shot.camera.lens_mm.value_or(framing_lens(framing));
    const bool close = framing == Framing::CloseUp || framing == Framing::ExtremeCloseUp;
    const bool wide = framing == Framing::Wide || framing == Framing::ExtremeWide;

    Framed framed = gather(tracks, close ? 0.85 : wide ? 0.0 : 0.35, 0, frames);
    if (framed.keep.empty()) framed = gather(tracks, 0.0, 0, frames);
    if (framed.keep.empty()) framed.keep.push_back({stage.set.camera_target, 1.0});
    trim(framed.keep);

    const InterestTrack* subject = main_track(tracks);
    const bool tracking =
        shot.camera.move == CameraMove::Tracking || framing == Framing::PointOfView ||
        (framing == Framing::Auto && shot.camera.move == CameraMove::Static &&
         !shot.camera.handheld && subject != nullptr && travels_alone(tracks, *subject));
    std::vector<Vec3> follow;
    if (tracking && subject != nullptr) {
        follow = smoothed_path(*subject, fps);
        framed.keep = {{follow.front(), subject->interest.radius_m * (close ? 1.3 : 1.8)}};
        for (const InterestTrack& t : tracks) {  // neighbours of the first moment give the scale
            if (t.interest.weight >= 0.6 && &t != subject && !t.centre.empty() &&
                base::length(t.centre.front().cast<double>() - follow.front()) <
                    4 * subject->interest.radius_m) {
                framed.keep.push_back({t.centre.front().cast<double>(), t.interest.radius_m});
            }
        }
    }
    if (!tracking && subject != nullptr && framing == Framing::Auto &&
        shot.camera.move == CameraMove::Static && !shot.camera.handheld) {
        double half_height_m = 0;
        follow = tilt_path(tracks, *subject, fps, half_height_m);
        if (!follow.empty()) {
            framed.keep = {{follow.front() + Vec3{0, 0, half_height_m}, 0.0},
                           {follow.front() - Vec3{0, 0, half_height_m}, 0.0}};
        }
    }
    if (!tracking && subject != nullptr && close && shot.camera.move == CameraMove::Static) {
        follow = action_path(tracks, fps);
        if (!follow.empty()) framed.keep = {{follow.front(), 2.4 * subject->interest.radius_m}};
    }
    const bool roams = close && !tracking && !follow.empty();
    View view = fit(framed.keep, forward, up, lens, aspect, framing_margin(framing));
    if (subject != nullptr && framing != Framing::Top) {
        // Walk a little round what stands in the way.
        const std::vector<base::Bounds> boxes = obstacles(stage, tracks);
        int best = hidden_places(boxes, *subject, clamp_into(stage.set.camera_bounds, view.eye));
        const Vec3 straight = forward;
        for (const double turn : {0.3, -0.3, 0.6, -0.6}) {
            if (best == 0) break;
            const Vec3 other = base::Quat::from_axis_angle({0, 0, 1}, turn).rotate(straight);
            const View walked = fit(framed.keep, other, up, lens, aspect, framing_margin(framing));
            const int hidden =
                hidden_places(boxes, *subject, clamp_into(stage.set.camera_bounds, walked.eye));
            if (hidden >= best) continue;
            best = hidden;
            forward = other;
            view = walked;
        }
    }
    if (follow.empty() && subject != nullptr && subject->interest.kind == Interest::Kind::Body &&
        framing == Framing::Auto && shot.camera.move == CameraMove::Static &&
        !shot.camera.handheld) {
        // A thing that would be a dot (a thirtieth of the picture's height) and goes places:
        // the camera stays close to it.
        const double seen = subject->interest.radius_m /
                            (base::length(view.target - view.eye) * half_tan(lens) / aspect);
        base::Boundsf ground;
        for (const base::Vec3f& c : subject->centre) ground.add(c);
        if (seen < 0.035 &&
            base::length(ground.size().cast<double>()) > 12 * subject->interest.radius_m) {
            follow = smoothed_path(*subject, fps);
            // Not beyond what else belongs to the story: the bell is worth more than the marble's
            // way over the floor.
            base::Bounds story;
            double close_m = 8 * subject->interest.radius_m;
            for (const InterestTrack& t : tracks) {
                if (&t == subject || t.centre.empty() || t.interest.weight < 0.35) continue;
                // What it rolls down is left behind; only where it is to arrive holds the camera.
                const bool support =
                    t.interest.kind == Interest::Kind::Body &&
                    base::length((t.centre.front() - subject->centre.front()).cast<double>()) <
                        t.interest.radius_m;
                const bool leaves =
                    std::none_of(tracks.begin(), tracks.end(), [&](const InterestTrack& other) {
                        return &other != subject && &other != &t && other.interest.weight >= 0.35 &&
                               other.interest.kind == Interest::Kind::Body && goes_nowhere(other);
                    });
                if (support && leaves) continue;
                if (goes_along(t, *subject)) {
                    const double apart =
                        base::length((t.centre.front() - subject->centre.front()).cast<double>());
                    close_m = std::max(close_m, apart + 1.5 * t.interest.radius_m);
                    continue;
                }
                const double some = std::min(0.1, t.interest.radius_m);
                const Vec3 r{some, some, some};
                story.add(t.centre.front().cast<double>() - r);
                story.add(t.centre.front().cast<double>() + r);
            }
            if (!story.empty()) story.add(follow.front());
            for (Vec3& p : follow) p = clamp_into(story, p);
            framed.keep = {{follow.front(), close_m}};
            // From above, for it may run in a groove.
            const double flat = std::hypot(forward.x, forward.y);
            if (flat > 0.3) forward = base::normalize(Vec3{forward.x, forward.y, -0.75 * flat});
            view = fit(framed.keep, forward, up, lens, aspect, framing_margin(framing));
        }
    }
    if (!close && framing != Framing::Top) {
        // Ground for the eye: a little more below the subject than above it looks like a place.
        const double d = base::length(view.target - view.eye);
        view.target.z -= 0.012 * d;
    }
    // A room has walls: when the eye had to leave them, stand inside and use a wider lens.
    const Vec3 inside = clamp_into(stage.set.camera_bounds, view.eye);
    if (base::length(inside - view.eye) > 1e-6) {
        const double wanted = base::length(view.target - view.eye);
        const double have = std::max(0.05, base::length(view.target - inside));
        view.eye = inside;
        view.lens_mm = std::max(15.0, view.lens_mm * std::min(1.0, have / wanted));
    }

    CameraPlan plan;
    const double distance = base::length(view.target - view.eye);
    for (size_t i = 0; i <= frames; ++i) {
        const double t01 = frames > 1 ? static_cast<double>(i) / static_cast<double>(frames) : 0;
        View now = view;
        if (!follow.empty()) {
            const Vec3 shift = follow[std::min(i, follow.size() - 1)] - follow.front();
            now.eye = clamp_into(stage.set.camera_bounds, view.eye + shift);
            now.target = view.target + shift;
        }
        const MoveState m = move_at(shot.camera.move, t01);
        const Basis b = basis_of(now.target - now.eye, up);
        now.eye += b.forward * (m.dolly * distance) + b.up * (m.rise * distance);
        if (m.orbit != 0) {
            const base::Quat turn = base::Quat::from_axis_angle({0, 0, 1}, m.orbit);
            now.eye = now.target + turn.rotate(now.eye - now.target);
        }
        now.target += (b.right * m.pan.x + b.up * m.pan.z) * distance;
        now.lens_mm *= m.zoom;
        if (shot.camera.handheld || shot.camera.move == CameraMove::Handheld) {
            const Vec3 w = wander(static_cast<double>(i) / fps, seed);
            now.target += (b.right * w.x + b.up * w.z) * distance * 1.6;
            now.eye += (b.right * w.z + b.up * w.x) * distance * 0.6;
        }
        now.eye = clamp_into(stage.set.camera_bounds, now.eye);
        render::Camera camera;
        camera.eye = now.eye;
        camera.target = now.target;
        camera.up = up;
        camera.lens_mm = now.lens_mm;
        camera.f_number = framing_aperture(shot.camera);
        Vec3 focus = framed.main_mean;
        if (subject != nullptr && !subject->centre.empty()) {
            focus = subject->centre[std::min(i, subject->centre.size() - 1)].cast<double>();
        }
        if (roams) focus = follow[std::min(i, follow.size() - 1)];
        camera.focus_m = std::max(
            0.05, base::dot(focus - camera.eye, base::normalize(camera.target - camera.eye)));
        plan.keys.push_back(camera);
    }
    // Focus pulls are slow: smooth over half a second.
    const int half = std::max(1, static_cast<int>(fps * 0.25));
    std::vector<double> focus(plan.keys.size());
    for (int i = 0; i < static_cast<int>(plan.keys.size()); ++i) {
        double sum = 0;
        int count = 0;
        for (int k = std::max(0, i - half); k <= std::min<int>(plan.keys.size() - 1, i + half);
             ++k) {
            sum += plan.keys[k].focus_m;
            ++count;
        }
        focus[i] = sum / count;
    }
    for (size_t i = 0; i < plan.keys.size(); ++i) plan.keys[i].focus_m = focus[i];
    return plan;
}

}  // namespace studio
