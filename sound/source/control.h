// Slowly varying controls of a sound (level, brightness), given at points in time.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace sound {

struct ControlPoint {
    int64_t sample = 0;      // since the source's start
    float level = 0;         // amplitude at 1 m
    float corner_hz = 1000;  // brightness
    float rate_hz = 0;       // grains or turns per second
};

// Walks forward through the points; linear between them.
class ControlWalk {
public:
    explicit ControlWalk(std::vector<ControlPoint> points) : points_(std::move(points)) {}
    ControlPoint at(int64_t sample) {
        while (next_ < points_.size() && points_[next_].sample <= sample) ++next_;
        if (points_.empty()) return {};
        if (next_ == 0) return points_.front();
        if (next_ == points_.size()) return points_.back();
        const ControlPoint &a = points_[next_ - 1], &b = points_[next_];
        const float u = static_cast<float>(sample - a.sample) /
                        static_cast<float>(std::max<int64_t>(b.sample - a.sample, 1));
        return {sample, a.level + u * (b.level - a.level),
                a.corner_hz + u * (b.corner_hz - a.corner_hz),
                a.rate_hz + u * (b.rate_hz - a.rate_hz)};
    }
    int64_t end() const { return points_.empty() ? 0 : points_.back().sample; }
    float loudest() const {
        float top = 0;
        for (const ControlPoint& p : points_) top = std::max(top, p.level);
        return top;
    }

private:
    std::vector<ControlPoint> points_;
    size_t next_ = 0;
};

}  // namespace sound
