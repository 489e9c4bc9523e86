#include "sound/mix/loudness.h"

#include <ebur128.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/core/log.h"
#include "sound/dsp/biquad.h"
#include "sound/mix/limiter.h"
#include "sound/mix/spool_file.h"
#include "sound/mix/true_peak.h"

namespace sound {
namespace {

constexpr int kRecord = 3;  // left, right, true peak of the pair TruePeakMeter::kDelay ago
constexpr int64_t kPlayBlock = 1024;
constexpr int64_t kGatingBlock = base::kSampleRateHz * 4 / 10;  // shorter films are padded to one
// AAC rounds peaks up a little; half a decibel more is kept free for it.
constexpr double kCodecMarginDb = 0.5;
constexpr double kCloseEnoughLu = 0.1;
constexpr int kMostPasses = 8;
// A film without one peak above this has nothing in front: its room tone stays quiet.
constexpr double kForegroundPeakDb = -26;
// Single sharp sounds lose loudness in the limiter; this much is given back by more gain.
constexpr double kMostLimiterLossDb = 20;

// Integrated loudness, EBU R128.
class Meter {
public:
    Meter() : state_(ebur128_init(2, base::kSampleRateHz, EBUR128_MODE_I)) {}
    ~Meter() { ebur128_destroy(&state_); }
    Meter(const Meter&) = delete;
    Meter& operator=(const Meter&) = delete;
    void add(const float* pairs, int64_t count) {
        ebur128_add_frames_float(state_, pairs, static_cast<size_t>(count));
        count_ += count;
    }
    // -HUGE_VAL for silence.
    double lufs() {
        if (count_ < kGatingBlock) {
            const std::vector<float> rest(static_cast<size_t>(2 * (kGatingBlock - count_)), 0.f);
            add(rest.data(), kGatingBlock - count_);
        }
        double value = -HUGE_VAL;
        ebur128_loudness_global(state_, &value);
        return value;
    }

private:
    ebur128_state* state_;
    int64_t count_ = 0;
};

// The spool through the limiter: exactly the pairs that were added.
class LimitedPlayback : public base::AudioSource {
public:
    LimitedPlayback(std::shared_ptr<const SpoolFile> file, int64_t count, double gain_db,
                    double ceiling_db)
        : file_(std::move(file)), count_(count), limiter_(gain_db, ceiling_db) {}

    int64_t sample_count() const override { return count_; }

    base::Result<std::optional<base::AudioBlock>> next() override {
        if (played_ >= count_) return std::optional<base::AudioBlock>();
        base::AudioBlock block;
        block.first_sample = played_;
        const int64_t wanted = std::min(kPlayBlock, count_ - played_);
        block.samples.reserve(static_cast<size_t>(2 * wanted));
        while (block.sample_count() < wanted) {
            if (at_ == held_.size()) TRY(refill());
            float left = 0, right = 0;
            // The peak came kDelay records after its pair.
            const float peak = held_[at_ + 2];
            if (fed_ >= TruePeakMeter::kDelay) {
                left = late_[late_at_];
                right = late_[late_at_ + 1];
            }
            late_[late_at_] = held_[at_];
            late_[late_at_ + 1] = held_[at_ + 1];
            late_at_ = (late_at_ + 2) % late_.size();
            at_ += kRecord;
            limiter_.process(left, right, peak);
            if (fed_++ >= TruePeakMeter::kDelay + Limiter::kLookAhead) {
                block.samples.push_back(left);
                block.samples.push_back(right);
            }
        }
        played_ += wanted;
        return std::optional<base::AudioBlock>(std::move(block));
    }

private:
    base::Status refill() {
        const int64_t total = file_->size() / kRecord;
        const int64_t n = std::min<int64_t>(8192, total - read_);
        held_.assign(static_cast<size_t>(std::max<int64_t>(n, 64)) * kRecord, 0.f);
        if (n > 0) TRY(file_->read(read_ * kRecord, held_.data(), n * kRecord));
        read_ += std::max<int64_t>(n, 0);
        at_ = 0;
        return {};
    }

    std::shared_ptr<const SpoolFile> file_;
    int64_t count_, played_ = 0, read_ = 0, fed_ = 0;
    Limiter limiter_;
    std::vector<float> held_;
    size_t at_ = 0;
    std::vector<float> late_ = std::vector<float>(2 * TruePeakMeter::kDelay, 0.f);
    size_t late_at_ = 0;
};

class FileLoudnessSpool : public LoudnessSpool {
public:
    FileLoudnessSpool(std::shared_ptr<SpoolFile> file, const LoudnessTarget& target)
        : file_(std::move(file)), target_(target) {}

    base::Status add(const base::AudioBlock& block) override {
        CHECK(!closed_, "LoudnessSpool::add after play");
        records_.clear();
        pairs_.clear();
        for (const float sample : block.samples) pairs_.push_back(finite(sample));
        for (size_t i = 0; i + 1 < pairs_.size(); i += 2) push(pairs_[i], pairs_[i + 1]);
        raw_.add(pairs_.data(), block.sample_count());
        count_ += block.sample_count();
        return file_->append(records_.data(), static_cast<int64_t>(records_.size()));
    }

    base::Result<std::unique_ptr<base::AudioSource>> play() override {
        if (!closed_) {
            closed_ = true;
            records_.clear();
            for (int i = 0; i < TruePeakMeter::kDelay; ++i) push(0, 0);
            TRY(file_->append(records_.data(), static_cast<int64_t>(records_.size())));
            TRY(file_->flush());
            TRY(find_gain());
        }
        return playback(gain_db_);
    }

    double measured_lufs() const override { return measured_; }

private:
    float finite(float x) {
        if (std::isfinite(x)) return x;
        if (!warned_) base::log_warning("sound: a sample was not a number; it was silenced");
        warned_ = true;
        return 0;
    }

    void push(float left, float right) {
        const float peak = peaks_.push(left, right);
        top_ = std::max(top_, peak);
        records_.insert(records_.end(), {left, right, peak});
    }

    std::unique_ptr<base::AudioSource> playback(double gain_db) const {
        return std::make_unique<LimitedPlayback>(file_, count_, gain_db,
                                                 target_.true_peak_db - kCodecMarginDb);
    }

    base::Result<double> loudness_with(double gain_db) {
        Meter meter;
        const std::unique_ptr<base::AudioSource> source = playback(gain_db);
        for (;;) {
            const std::optional<base::AudioBlock> block = TRY(source->next());
            if (!block) return meter.lufs();
            meter.add(block->samples.data(), block->sample_count());
        }
    }

    // Limiting takes loudness away, so the gain is found by trying: the loudness grows with the
    // gain, never faster than it. Regula falsi on a rising curve.
    base::Status find_gain() {
        const double raw = raw_.lufs();
        measured_ = raw;
        gain_db_ = 0;
        if (!(raw > -70)) return {};  // below the absolute gate: silence stays silence
        const double wanted = target_.integrated_lufs - raw;
        const bool only_background = gain_to_db(static_cast<double>(top_)) < kForegroundPeakDb;
        double low = only_background ? std::min(wanted, target_.max_gain_db) : wanted;
        const double most = low < wanted ? low : low + kMostLimiterLossDb;
        double low_lufs = TRY(loudness_with(low));
        gain_db_ = low, measured_ = low_lufs;
        double high = low, high_lufs = low_lufs;
        for (int pass = 1; pass < kMostPasses; ++pass) {
            const double error = target_.integrated_lufs - measured_;
            if (std::abs(error) <= kCloseEnoughLu) break;
            double next;
            if (high_lufs < target_.integrated_lufs) {
                if (high >= most) break;
                next = std::min(high + 1.5 * error + 0.5, most);
            } else {
                next = low + (high - low) * (target_.integrated_lufs - low_lufs) /
                                 std::max(high_lufs - low_lufs, 1e-6);
            }
            measured_ = TRY(loudness_with(next));
            gain_db_ = next;
            if (measured_ < target_.integrated_lufs) {
                low = next, low_lufs = measured_;
                if (high <= low) high = low, high_lufs = low_lufs;
            } else {
                high = next, high_lufs = measured_;
            }
        }
        return {};
    }

    std::shared_ptr<SpoolFile> file_;
    LoudnessTarget target_;
    TruePeakMeter peaks_;
    Meter raw_;
    std::vector<float> records_, pairs_;
    int64_t count_ = 0;
    float top_ = 0;
    bool closed_ = false, warned_ = false;
    double gain_db_ = 0, measured_ = -HUGE_VAL;
};

}  // namespace

base::Result<std::unique_ptr<LoudnessSpool>> LoudnessSpool::create(const LoudnessTarget& target) {
    std::shared_ptr<SpoolFile> file = TRY(SpoolFile::create());
    return std::unique_ptr<LoudnessSpool>(
        std::make_unique<FileLoudnessSpool>(std::move(file), target));
}

}  // namespace sound
