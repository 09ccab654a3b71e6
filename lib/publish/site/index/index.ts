/** The index's script. */
import './pad';
import './offline-line';
