// For tests: a small tokenizer, trained on the spot.
#pragma once

#if __has_include(<sentencepiece_trainer.h>)
#include <sentencepiece_trainer.h>
#define AOZORA_CAN_TRAIN 1
#endif

#include <string>
#include <vector>

namespace neural::text::testing {

// A SentencePiece model of about 80 pieces with UMT5's rules: pad 0 (or none), end 1, unknown 2. ""
// where the library's trainer is not installed.
inline std::string train_tokenizer(bool with_pad) {
#ifdef AOZORA_CAN_TRAIN
    class Sentences final : public sentencepiece::SentenceIterator {
    public:
        Sentences() {
            for (int i = 0; i < 40; ++i) {
                lines_.push_back("a red ball rolls over the green grass " + std::to_string(i));
                lines_.push_back("the old cat sleeps near a warm window in the morning");
                lines_.push_back("a ship sails on the sea while the sun goes down");
            }
        }
        bool done() const override { return at_ >= lines_.size(); }
        void Next() override { ++at_; }
        const std::string& value() const override { return lines_[at_]; }
        sentencepiece::util::Status status() const override { return {}; }

    private:
        std::vector<std::string> lines_;
        size_t at_ = 0;
    };
    Sentences sentences;
    std::string model;
    const auto status =
        sentencepiece::SentencePieceTrainer::Train({{"vocab_size", "80"},
                                                    {"model_type", "unigram"},
                                                    {"pad_id", with_pad ? "0" : "-1"},
                                                    {"eos_id", "1"},
                                                    {"unk_id", "2"},
                                                    {"bos_id", "-1"},
                                                    {"hard_vocab_limit", "false"},
                                                    {"minloglevel", "2"},
                                                    {"num_threads", "1"}},
                                                   &sentences, &model);
    return status.ok() ? model : std::string();
#else
    (void)with_pad;
    return {};
#endif
}

}  // namespace neural::text::testing
