#include "store/queue/measure.h"

#include <gtest/gtest.h>

#include "store/testing/fresh.h"

namespace store {
namespace {

TEST(QueueRates, AreMeasuredAndNothingIsLeft) {
    const testing::TempFolder folder;
    const auto rates = measure_queue(folder.path(), 8, 0.3);
    ASSERT_TRUE(rates.ok()) << rates.error().text();
    EXPECT_GT(rates->fsyncs_per_s, 0);
    EXPECT_GT(rates->cycles_per_s, 0);
    EXPECT_GT(rates->cycles_many_per_s, 0);
    std::printf("fsyncs %.0f/s, cycles %.0f/s, of 8 workers %.0f/s\n", rates->fsyncs_per_s,
                rates->cycles_per_s, rates->cycles_many_per_s);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
    EXPECT_FALSE(measure_queue("/no/such/folder", 1, 0.1).ok());
}

}  // namespace
}  // namespace store
