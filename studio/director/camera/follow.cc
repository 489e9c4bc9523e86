#include "studio/director/camera/follow.h"

#include <algorithm>
#include <cmath>

#include "studio/director/camera/fit.h"

namespace studio {
namespace {

using base::Vec3;

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

}  // namespace

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

std::vector<Vec3> close_path(const std::vector<InterestTrack>& tracks, const InterestTrack& subject,
                             double fps, double& close_m) {
    base::Boundsf ground;
    for (const base::Vec3f& c : subject.centre) ground.add(c);
    if (base::length(ground.size().cast<double>()) <= 12 * subject.interest.radius_m) return {};
    std::vector<Vec3> path = smoothed_path(subject, fps);
    // Not beyond what else belongs to the story: the bell is worth more than the marble's
    // way over the floor.
    base::Bounds story;
    close_m = 8 * subject.interest.radius_m;
    for (const InterestTrack& t : tracks) {
        if (&t == &subject || t.centre.empty() || t.interest.weight < 0.35) continue;
        // What it rolls down is left behind; only where it is to arrive holds the camera.
        const bool support =
            t.interest.kind == Interest::Kind::Body &&
            base::length((t.centre.front() - subject.centre.front()).cast<double>()) <
                t.interest.radius_m;
        const bool leaves =
            std::none_of(tracks.begin(), tracks.end(), [&](const InterestTrack& other) {
                return &other != &subject && &other != &t && other.interest.weight >= 0.35 &&
                       other.interest.kind == Interest::Kind::Body && goes_nowhere(other);
            });
        if (support && leaves) continue;
        if (goes_along(t, subject)) {
            const double apart =
                base::length((t.centre.front() - subject.centre.front()).cast<double>());
            close_m = std::max(close_m, apart + 1.5 * t.interest.radius_m);
            continue;
        }
        const double some = std::min(0.1, t.interest.radius_m);
        const Vec3 r{some, some, some};
        story.add(t.centre.front().cast<double>() - r);
        story.add(t.centre.front().cast<double>() + r);
    }
    if (!story.empty()) story.add(path.front());
    for (Vec3& p : path) p = clamp_into(story, p);
    return path;
}

}  // namespace studio
