import './pad';
import './offline-line';
