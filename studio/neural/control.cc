#include "studio/neural/control.h"

#include <cmath>
#include <utility>

#include "studio/film/record_file.h"

namespace studio {
namespace {

// The shot that shows picture `frame` of the list.
int shot_at(const script::ShotList& list, int64_t frame) {
    double seconds = 0;
    for (size_t shot = 0; shot < list.shots.size(); ++shot) {
        seconds += list.shots[shot].seconds;
        if (frame < std::llround(seconds * list.fps)) return static_cast<int>(shot);
    }
    return static_cast<int>(list.shots.size()) - 1;
}

TakeOptions take_options(const ControlOptions& options, render::Quality quality,
                         int64_t first_frame) {
    TakeOptions take;
    take.quality = quality;
    take.threads = options.threads;
    take.first_frame = first_frame;
    take.progress = options.progress;
    take.cancel = options.cancel;
    return take;
}

// One pass of a draft, picture for picture.
class ControlFrames final : public base::FrameSource {
public:
    ControlFrames(const script::ShotList& list, ControlPass pass, const ControlOptions& options,
                  std::shared_ptr<script::Report> report)
        : list_(list),
          pass_(pass),
          options_(options),
          report_(std::move(report)),
          next_(options.first_frame) {}

    int width_px() const override { return list_.width_px; }
    int height_px() const override { return list_.height_px; }
    double fps() const override { return list_.fps; }
    int64_t frame_count() const override {
        return std::llround(list_.seconds() * list_.fps) - options_.first_frame;
    }
    base::Result<std::optional<base::Frame>> next() override {
        if (!take_) TRY(begin());
        if (!TRY(take_->frames().next())) return std::optional<base::Frame>();
        base::Frame frame{next_ - options_.first_frame, std::move(picture_)};
        ++next_;
        return std::optional<base::Frame>(std::move(frame));
    }

private:
    base::Status begin() {
        TakeOptions options = take_options(options_, render::Quality::Draft, next_);
        options.passes = [this](int64_t frame, const render::Passes& passes) -> base::Status {
            if (const int shot = shot_at(list_, frame); shot != shot_) {
                shot_ = shot;
                near_m_ = near_of(passes);
            }
            picture_ = control_picture(passes, pass_, near_m_);
            return {};
        };
        RecordFile nothing(false);
        take_ = TRY(direct(list_, options, nothing));
        *report_ = take_->report();
        return {};
    }

    script::ShotList list_;
    ControlPass pass_;
    ControlOptions options_;
    std::shared_ptr<script::Report> report_;
    std::unique_ptr<Take> take_;
    base::Image8 picture_;
    int64_t next_;
    int shot_ = -1;
    float near_m_ = 1;
};

// The picture that a shot begins with, drawn as the world engine's own film would be.
class FirstPictures {
public:
    FirstPictures(const script::ShotList& list, const ControlOptions& options,
                  std::shared_ptr<script::Report> report)
        : list_(list), options_(options), report_(std::move(report)) {}

    base::Result<std::shared_ptr<const base::Image8>> at(int64_t frame) {
        TakeOptions options = take_options(options_, options_.quality, frame);
        options.solutions = solutions_;
        RecordFile nothing(false);
        const std::unique_ptr<Take> take = TRY(direct(list_, options, nothing));
        solutions_ = take->solutions();
        *report_ = take->report();
        auto first = TRY(take->frames().next());
        if (!first) return base::failed("the world has no picture " + std::to_string(frame));
        return std::make_shared<const base::Image8>(std::move(first->image));
    }

private:
    script::ShotList list_;
    ControlOptions options_;
    std::shared_ptr<script::Report> report_;
    std::vector<std::vector<double>> solutions_;
};

}  // namespace

void lead_by_world(const script::ShotList& list, const ControlWish& wish,
                   const ControlOptions& options, neural::FilmPlan& plan,
                   std::shared_ptr<script::Report> report) {
    if (wish.pass)
        plan.reference = std::make_shared<ControlFrames>(list, *wish.pass, options, report);
    if (wish.first_frame) {
        const auto pictures = std::make_shared<FirstPictures>(list, options, report);
        plan.first_pictures = [pictures, first = options.first_frame](int64_t frame) {
            return pictures->at(first + frame);
        };
    }
}

}  // namespace studio
