/** The courses that one may learn from. */
import { useEffect, useState } from "preact/hooks";

const COURSES_MAX = 100;

export function useCourses(account) {
  const [courses, setCourses] = useState([]);
  useEffect(() => {
    // Without courses there is nothing to choose from.
    account.rows("/courses", COURSES_MAX).then(setCourses, () => setCourses([]));
  }, [account]);
  return courses;
}
